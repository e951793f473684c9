package accounts.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The command {@code Main [--deploy] EXTERNAL OVERLAY...}: renders each overlay and prints its
 * faults, one a line. EXTERNAL is a file with the objects that exist outside the overlays, one a
 * line ({@code Secret/accounts-momento}). Placeholders are counted, and with {@code --deploy} they
 * are faults.
 *
 * <p>Exit codes: 0 without faults, 1 with faults, 69 if an overlay could not be rendered.
 */
public final class Main {

  private static final String DEPLOY = "--deploy";
  private static final int UNAVAILABLE = 69; // EX_UNAVAILABLE of sysexits.h

  private Main() {}

  /** Checks the overlays and exits. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      boolean deploy = args[0].equals(DEPLOY);
      List<String> rest = List.of(args).subList(deploy ? 1 : 0, args.length);
      List<Path> overlays = rest.stream().skip(1).map(Path::of).toList();
      System.exit(run(external(Path.of(rest.getFirst())), overlays, deploy));
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

  private static int run(Set<String> external, List<Path> overlays, boolean deploy)
      throws InterruptedException {
    int faults = 0;
    for (Path overlay : overlays) {
      faults += check(external, overlay, deploy);
    }
    return faults == 0 ? 0 : 1;
  }

  private static int check(Set<String> external, Path overlay, boolean deploy)
      throws InterruptedException {
    List<Manifest> manifests = Yaml.manifests(overlay.toString(), Kustomize.render(overlay));
    Bundle bundle = new Bundle(manifests, external);
    List<Fault> placeholders = new Placeholders().check(bundle).toList();
    List<Fault> faults = new ArrayList<>(Rule.checkAll(bundle));
    if (deploy) {
      faults.addAll(placeholders);
    }
    faults.forEach(System.err::println);
    System.out.printf(
        "%s: %d objects, %d faults, %d placeholders%n",
        overlay, manifests.size(), faults.size(), placeholders.size());
    return faults.size();
  }
}
