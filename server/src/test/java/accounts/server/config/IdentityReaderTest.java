package accounts.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.identity.IdentitySettings;
import accounts.identity.Scope;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentityReaderTest {

  private static final Path DOCS = Path.of("..", "docs", "security.md");

  @TempDir private Path folder;

  private Path file = Path.of("not-written");
  private Environment environment = new Environment(Map.of());

  private Optional<IdentitySettings> read(String yaml) throws IOException {
    file = Files.writeString(folder.resolve("identity.yaml"), yaml);
    environment = new Environment(Map.of("ACCOUNTS_IDENTITY", file.toString()));
    return IdentityReader.read(environment);
  }

  private List<String> faults(String yaml) throws IOException {
    read(yaml);
    return environment.faults();
  }

  @Test
  void read_notSet_isEmpty() {
    assertThat(IdentityReader.read(environment)).isEmpty();
    assertThat(environment.faults()).isEmpty();
  }

  @Test
  void read_exampleOfTheDocs_isReadButForFilesThatAreNotHere() throws IOException {
    Matcher example =
        Pattern.compile("```yaml\n(issuers:.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCS));
    assertThat(example.find()).isTrue();
    IdentitySettings settings = read(example.group(1)).orElseThrow();

    assertThat(settings.issuers()).hasSize(2);
    assertThat(settings.issuers().getFirst())
        .isEqualTo(
            new IdentitySettings.Issuer(
                "https://login.example.com",
                "accounts",
                URI.create("https://login.example.com/keys"),
                Optional.empty(),
                Optional.empty(),
                "scope",
                Optional.of("username"),
                Map.of()));
    assertThat(settings.issuers().getLast().subjects())
        .containsEntry(
            "system:serviceaccount:billing:billing", Set.of(Scope.READ, Scope.WRITE, Scope.ACT_AS));
    assertThat(settings.spiffe())
        .isEqualTo(Map.of("spiffe://example.org/ns/reports/sa/reports", Set.of(Scope.READ)));
    assertThat(environment.faults())
        .allMatch(fault -> fault.contains("/var/run/secrets/kubernetes.io/serviceaccount/"));
  }

  @Test
  void read_severalFaults_namesAllOfThem() throws IOException {
    assertThat(
            faults(
                """
                issuers:
                  - issuer: https://a.example
                    jwks: http://a.example/keys
                    jwks_ca: /no/such/file
                    subjects:
                      someone: [accounts.reed]
                  - issuer: https://a.example
                    audience: accounts
                spiffe:
                  example.org/x: [accounts.read]
                """))
        .containsExactly(
            "ACCOUNTS_IDENTITY: issuers[0].audience: not set (expected: what the claim aud must"
                + " contain)",
            "ACCOUNTS_IDENTITY: issuers[0].jwks: \"http://a.example/keys\" (expected: an https://"
                + " URL, an http:// URL of a loopback address, or the path of a file; no password)",
            "ACCOUNTS_IDENTITY: issuers[0].jwks_ca: \"/no/such/file\" (expected: a readable file)",
            "ACCOUNTS_IDENTITY: issuers[0].subjects.someone: \"accounts.reed\" (expected: one of"
                + " accounts.read, accounts.write, accounts.act-as, accounts.audit, accounts.suspend,"
                + " accounts.delete, accounts.watch, accounts.list, accounts.export)",
            "ACCOUNTS_IDENTITY: issuers[1].jwks: not set (expected: a URL or a file)",
            "ACCOUNTS_IDENTITY: issuers[1].issuer: \"https://a.example\" (expected: each issuer"
                + " once)",
            "ACCOUNTS_IDENTITY: spiffe: \"example.org/x\" (expected: an id like"
                + " spiffe://example.org/billing)");
  }

  @Test
  void read_passwordInAUrl_isNotShown() throws IOException {
    assertThat(
            faults(
                """
                issuers:
                  - issuer: a
                    audience: accounts
                    jwks: https://user:topsecret@a.example/keys
                """))
        .singleElement()
        .asString()
        .contains("https://***@a.example/keys")
        .doesNotContain("topsecret");
  }

  @Test
  void read_unknownField_namesIt() throws IOException {
    assertThat(faults("issuers:\n  - issuer: a\n    audiense: accounts\n"))
        .containsExactly(
            "ACCOUNTS_IDENTITY: %s: unknown field \"audiense\" (expected: YAML as".formatted(file)
                + " docs/security.md shows)");
  }

  @Test
  void read_noYaml_isAFault() throws IOException {
    assertThat(faults("issuers: ["))
        .singleElement()
        .asString()
        .startsWith("ACCOUNTS_IDENTITY: " + file + ", line ")
        .contains("not YAML");
  }

  // Somebody names the file with the cache's key: the parser's messages would show it.
  @ParameterizedTest
  @ValueSource(strings = {"eyJhbGciOi.secret", "issuers: eyJhbGciOi.secret", "{eyJhbGciOi.secret"})
  void read_wrongFile_showsNothingOfIt(String content) throws IOException {
    assertThat(faults(content))
        .singleElement()
        .asString()
        .startsWith("ACCOUNTS_IDENTITY: " + file)
        .doesNotContain("secret", "accounts.server", "\n");
  }

  @Test
  void read_nothingInIt_isAFault() throws IOException {
    assertThat(faults("{}"))
        .containsExactly(
            "ACCOUNTS_IDENTITY: neither issuers nor spiffe (expected: at least one of them)");
  }
}
