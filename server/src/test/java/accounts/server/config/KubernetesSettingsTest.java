package accounts.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings in {@code k8s}: the server accepts them, given the files that pods mount. */
final class KubernetesSettingsTest {

  private static final Path K8S = Path.of("..", "k8s");
  private static final String MOUNTED = "/etc/accounts";

  @TempDir private Path folder;

  @Test
  void productionOverlay_withItsFiles_isTlsAndIdentityAndAKeyFile() throws Exception {
    for (String file : List.of("tls/tls.crt", "tls/tls.key", "client-ca/ca.crt")) {
      write(file, "");
    }
    write("issuer/ca.crt", "");
    write("issuer/token", "");
    write("momento/api-key", "key");
    write("identity/identity.yaml", here(text("overlays/production/identity.yaml")));

    Configuration configuration =
        ConfigurationReader.read(
            settings("base", "overlays/production", "components/secure"), () -> true);

    assertThat(configuration.grpc().tls().orElseThrow().clientCa()).isPresent();
    assertThat(configuration.grpc().identity().orElseThrow().issuers())
        .singleElement()
        .satisfies(issuer -> {
          assertThat(issuer.keysToken()).contains(folder.resolve("issuer/token"));
          assertThat(issuer.subjects()).isNotEmpty();
        });
    assertThat(configuration.cache().apiKeyFile()).isPresent();
    assertThat(configuration.admin().on()).isTrue();
  }

  private Map<String, String> settings(String... folders) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (String from : folders) {
      text(from + "/config.env")
          .lines()
          .filter(line -> line.contains("=") && !line.startsWith("#"))
          .map(line -> line.split("=", 2))
          .forEach(pair -> settings.put(pair[0], here(pair[1])));
    }
    return settings;
  }

  private static String text(String file) throws IOException {
    return Files.readString(K8S.resolve(file));
  }

  private String here(String text) {
    return text.replace(MOUNTED, folder.toString());
  }

  private void write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
