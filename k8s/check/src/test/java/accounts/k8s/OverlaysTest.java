package accounts.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the rendered overlays of this repository. */
@Tag("kubectl")
class OverlaysTest {

  private static final Path K8S = Path.of("..");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void overlay_noFault(String name) throws InterruptedException {
    assertThat(faults(K8S.resolve("overlays").resolve(name))).isEmpty();
  }

  @Test
  void misspeltFieldInTheBase_namedInTheOverlay() throws Exception {
    Path overlay = copyWith("base/deployment.yaml", "enableServiceLinks", "enableServiceLink");

    assertThat(faults(overlay))
        .containsExactly(
            overlay
                + ": Deployment/accounts: spec.template.spec.enableServiceLink: false"
                + " (expected: a field that apps/v1 Deployment has)");
  }

  @Test
  void kubectlRefuses_saysWhatAndWhy() {
    assertThatThrownBy(() -> Kustomize.render(folder))
        .isInstanceOf(RenderException.class)
        .hasMessageStartingWith(folder + ": ")
        .hasMessageContaining("kustomization.yaml");
  }

  private static List<String> faults(Path overlay) throws InterruptedException {
    List<Manifest> manifests = Yaml.manifests(overlay.toString(), Kustomize.render(overlay));
    Bundle bundle = new Bundle(manifests, Set.of("Secret/accounts-momento"));
    return Rule.checkAll(bundle).stream().map(Fault::toString).toList();
  }

  private Path copyWith(String file, String good, String bad) throws IOException {
    copy("base");
    copy("overlays/local");
    Path broken = folder.resolve(file);
    Files.writeString(broken, Files.readString(broken).replace(good, bad));
    return folder.resolve("overlays/local");
  }

  private void copy(String name) throws IOException {
    Files.createDirectories(folder.resolve(name));
    try (var files = Files.list(K8S.resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(name).resolve(file.getFileName()));
      }
    }
  }
}
