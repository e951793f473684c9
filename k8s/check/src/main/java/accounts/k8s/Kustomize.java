package accounts.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Renders folders as {@code kubectl apply -k} would. */
final class Kustomize {

  private Kustomize() {}

  /**
   * Returns the YAML that {@code folder} renders to.
   *
   * @throws RenderException if kubectl is missing or fails
   */
  static String render(Path folder) throws InterruptedException {
    try {
      Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString()).start();
      String yaml = read(kubectl.getInputStream());
      if (kubectl.waitFor() != 0) {
        throw new RenderException(folder + ": " + read(kubectl.getErrorStream()).strip());
      }
      return yaml;
    } catch (IOException e) {
      throw new RenderException(
          "kubectl: not found on the PATH (expected: 1.27 or newer, to render the overlays)", e);
    }
  }

  private static String read(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), UTF_8);
  }
}
