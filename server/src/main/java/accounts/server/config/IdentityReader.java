package accounts.server.config;

import accounts.identity.IdentitySettings;
import accounts.identity.Scope;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the file that {@code ACCOUNTS_IDENTITY} names; {@code docs/security.md} shows one. */
final class IdentityReader {

  private static final String SCOPES =
      Stream.of(Scope.values()).map(Scope::text).collect(Collectors.joining(", "));

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  private final Environment environment;

  private IdentityReader(Environment environment) {
    this.environment = environment;
  }

  /** The file as it is. */
  private record Document(
      @Nullable List<Entry> issuers, @Nullable Map<String, List<String>> spiffe) {}

  /** One of the document's issuers, as it is. */
  private record Entry(
      @Nullable String issuer,
      @Nullable String audience,
      @Nullable String jwks,
      @Nullable String jwksCa,
      @Nullable String jwksToken,
      @Nullable String scopesClaim,
      @Nullable String personClaim,
      @Nullable Map<String, List<String>> subjects) {}

  static Optional<IdentitySettings> read(Environment environment) {
    return environment
        .file(Variables.IDENTITY)
        .flatMap(file -> new IdentityReader(environment).read(file));
  }

  private Optional<IdentitySettings> read(Path file) {
    try {
      @Nullable Document document = YAML.readValue(file, Document.class);
      return Optional.of(settings(document == null ? new Document(null, null) : document));
    } catch (JacksonException e) {
      fault(file + problem(e), "YAML as docs/security.md shows");
      return Optional.empty();
    }
  }

  /** The parser's own messages quote the file, which may be the wrong one and hold a key. */
  private static String problem(JacksonException e) {
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    return (line < 1 ? ": " : ", line %d: ".formatted(line))
        + switch (e) {
          case UnrecognizedPropertyException unknown ->
              "unknown field \"%s\"".formatted(Shown.of(unknown.getPropertyName()));
          case MismatchedInputException other -> "a value of another type";
          default -> "not YAML, or a field twice";
        };
  }

  private IdentitySettings settings(Document document) {
    List<IdentitySettings.Issuer> issuers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Entry entry : document.issuers() == null ? List.<Entry>of() : document.issuers()) {
      String where = "issuers[%d]".formatted(issuers.size());
      IdentitySettings.Issuer issuer = issuer(where, entry);
      if (!names.add(issuer.name())) {
        fault(where + ".issuer: \"%s\"".formatted(issuer.name()), "each issuer once");
      }
      issuers.add(issuer);
    }
    Map<String, Set<Scope>> spiffe = scopes("spiffe", document.spiffe());
    spiffe.keySet().stream()
        .filter(id -> !id.startsWith("spiffe://"))
        .forEach(id ->
            fault(
                "spiffe: \"%s\"".formatted(Shown.of(id)),
                "an id like spiffe://example.org/billing"));
    if (issuers.isEmpty() && spiffe.isEmpty()) {
      fault("neither issuers nor spiffe", "at least one of them");
    }
    return new IdentitySettings(issuers, spiffe);
  }

  private IdentitySettings.Issuer issuer(String where, Entry entry) {
    return new IdentitySettings.Issuer(
        required(where + ".issuer", entry.issuer(), "the claim iss of its tokens"),
        required(where + ".audience", entry.audience(), "what the claim aud must contain"),
        keys(where + ".jwks", required(where + ".jwks", entry.jwks(), "a URL or a file")),
        file(where + ".jwks_ca", entry.jwksCa()),
        file(where + ".jwks_token", entry.jwksToken()),
        entry.scopesClaim() == null ? "scope" : entry.scopesClaim(),
        Optional.ofNullable(entry.personClaim()),
        scopes(where + ".subjects", entry.subjects()));
  }

  private String required(String where, @Nullable String value, String expected) {
    if (value == null || value.isBlank()) {
      fault(where + ": not set", expected);
      return "";
    }
    return value;
  }

  /** Keys that anybody on the way could replace would be worth nothing. */
  private URI keys(String where, String value) {
    try {
      URI uri = value.startsWith("/") ? Path.of(value).toUri() : new URI(value);
      boolean isLocal =
          "http".equals(uri.getScheme())
              && uri.getHost() != null
              && ConfigurationReader.isLoopback(uri.getHost());
      boolean isSafe =
          "file".equals(uri.getScheme())
              || ("https".equals(uri.getScheme()) && uri.getHost() != null)
              || isLocal;
      if (isSafe && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    if (!value.isEmpty()) {
      fault(
          where + ": \"%s\"".formatted(Shown.of(value)),
          "an https:// URL, an http:// URL of a loopback address, or the path of a file; no password");
    }
    return URI.create("file:///");
  }

  private Optional<Path> file(String where, @Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    if (!Files.isReadable(Path.of(value))) {
      fault(where + ": \"%s\"".formatted(Shown.of(value)), "a readable file");
    }
    return Optional.of(Path.of(value));
  }

  private Map<String, Set<Scope>> scopes(String where, @Nullable Map<String, List<String>> listed) {
    Map<String, Set<Scope>> result = new HashMap<>();
    (listed == null ? Map.<String, List<String>>of() : listed)
        .forEach((id, texts) -> {
          Set<Scope> scopes = EnumSet.noneOf(Scope.class);
          for (String text : texts) {
            Scope.of(text)
                .ifPresentOrElse(
                    scopes::add,
                    () ->
                        fault(
                            "%s.%s: \"%s\"".formatted(where, Shown.of(id), Shown.of(text)),
                            "one of " + SCOPES));
          }
          result.put(id, scopes);
        });
    return result;
  }

  private void fault(String where, String expected) {
    environment.fault(Variables.IDENTITY, where, expected);
  }
}
