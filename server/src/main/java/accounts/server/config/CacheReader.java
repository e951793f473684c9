package accounts.server.config;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the settings of the Momento cache. */
final class CacheReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
  private static final Pattern LOCAL_ENDPOINT =
      Pattern.compile("([A-Za-z0-9._-]{1,255}):(\\d{1,5})");

  private CacheReader() {}

  static Configuration.Cache read(Environment environment) {
    oneWay(environment);
    return new Configuration.Cache(
        environment.matching(Variables.CACHE, NAME),
        Optional.of(environment.text(Variables.MOMENTO_API_KEY)).filter(key -> !key.isEmpty()),
        keyFile(environment),
        local(environment),
        environment.duration(Variables.CACHE_TIMEOUT, Duration.ofMillis(1), Duration.ofSeconds(10)),
        environment.duration(Variables.CACHE_TTL, Duration.ofSeconds(1), Duration.ofDays(1)));
  }

  /** There are three ways to Momento, and one of them must be chosen. */
  private static void oneWay(Environment environment) {
    List<String> ways =
        Stream.of(
                Variables.MOMENTO_API_KEY,
                Variables.MOMENTO_API_KEY_FILE,
                Variables.MOMENTO_LOCAL_ENDPOINT)
            .filter(way -> !environment.text(way).isEmpty())
            .map(Variable::name)
            .toList();
    if (ways.isEmpty()) {
      environment.fault(Variables.MOMENTO_API_KEY, "");
    } else if (ways.size() > 1) {
      environment.fault(
          Variables.MOMENTO_API_KEY,
          "set: " + String.join(", ", ways),
          Variables.MOMENTO_API_KEY.expected());
    }
  }

  private static Optional<KeyFile> keyFile(Environment environment) {
    return environment
        .file(Variables.MOMENTO_API_KEY_FILE)
        .map(KeyFile::new)
        .filter(file -> isUsable(environment, file));
  }

  private static boolean isUsable(Environment environment, KeyFile file) {
    try {
      return !file.read().isEmpty();
    } catch (IOException e) {
      environment.fault(
          Variables.MOMENTO_API_KEY_FILE,
          Shown.of(file.path().toString()) + ": " + e.getMessage(),
          Variables.MOMENTO_API_KEY_FILE.expected());
      return false;
    }
  }

  private static Optional<Configuration.HostAndPort> local(Environment environment) {
    String endpoint = environment.text(Variables.MOMENTO_LOCAL_ENDPOINT);
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    var matcher = LOCAL_ENDPOINT.matcher(endpoint);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    if (port < 1 || port > ConfigurationReader.MAX_PORT) {
      environment.fault(Variables.MOMENTO_LOCAL_ENDPOINT, endpoint);
      return Optional.empty();
    }
    return Optional.of(new Configuration.HostAndPort(matcher.group(1), port));
  }
}
