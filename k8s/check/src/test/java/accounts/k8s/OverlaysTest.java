package accounts.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  @ValueSource(strings = {"local", "production", "operators"})
  void overlay_noFault(String name) throws InterruptedException {
    assertThat(faults(K8S.resolve("overlays").resolve(name))).isEmpty();
  }

  /** Either would make the other's key useless: the server wants one of them. */
  @Test
  void productionOverlay_momentosKey_isInAFileOnly() throws InterruptedException {
    Bundle bundle = bundle(K8S.resolve("overlays/production"));
    ManifestField container = bundle.containers().findFirst().orElseThrow();

    assertThat(Settings.of(bundle, container).map(Settings.Setting::name))
        .contains("MOMENTO_API_KEY_FILE", "ACCOUNTS_TLS_CERTIFICATE", "ACCOUNTS_IDENTITY");
    assertThat(container.each("env").map(entry -> entry.at("name").text()))
        .doesNotContain("MOMENTO_API_KEY");
  }

  @Test
  void productionOverlay_asItIs_hasPlaceholdersToReplace() throws InterruptedException {
    assertThat(placeholders("production"))
        .anyMatch(fault -> fault.contains("image: \"registry.example.com/accounts-server:0.1.0\""))
        .anyMatch(fault -> fault.contains("arn:aws:iam::111122223333:role/accounts"))
        .allMatch(fault -> fault.endsWith("(expected: a value of yours)"));
    assertThat(placeholders("local")).isEmpty();
  }

  private static List<String> placeholders(String overlay) throws InterruptedException {
    return new Placeholders()
        .check(bundle(K8S.resolve("overlays").resolve(overlay)))
        .map(Fault::toString)
        .toList();
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
    return Rule.checkAll(bundle(overlay)).stream().map(Fault::toString).toList();
  }

  private static Bundle bundle(Path overlay) throws InterruptedException {
    try {
      return new Bundle(
          Yaml.manifests(overlay.toString(), Kustomize.render(overlay)),
          Main.external(K8S.resolve("external.txt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
