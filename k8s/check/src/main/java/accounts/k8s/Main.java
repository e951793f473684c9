package accounts.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command {@code Main EXTERNAL OVERLAY...}: renders each overlay and prints its faults, one a
 * line. EXTERNAL is a file with the objects that exist outside the overlays, one a line ({@code
 * Secret/accounts-momento}).
 *
 * <p>Exit codes: 0 without faults, 1 with faults, 69 if an overlay could not be rendered.
 */
public final class Main {

  private static final int UNAVAILABLE = 69; // EX_UNAVAILABLE of sysexits.h

  private Main() {}

  /** Checks the overlays and exits. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      System.exit(run(external(Path.of(args[0])), Stream.of(args).skip(1).map(Path::of).toList()));
    } catch (RenderException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(UNAVAILABLE);
    }
  }

  /** Returns the ids in a file of objects that exist outside the overlays. */
  static Set<String> external(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toSet());
  }

  private static int run(Set<String> external, List<Path> overlays) throws InterruptedException {
    int faults = 0;
    for (Path overlay : overlays) {
      faults += check(external, overlay);
    }
    return faults == 0 ? 0 : 1;
  }

  private static int check(Set<String> external, Path overlay) throws InterruptedException {
    List<Manifest> manifests = Yaml.manifests(overlay.toString(), Kustomize.render(overlay));
    List<Fault> faults = Rule.checkAll(new Bundle(manifests, external));
    faults.forEach(System.err::println);
    System.out.printf("%s: %d objects, %d faults%n", overlay, manifests.size(), faults.size());
    return faults.size();
  }
}
