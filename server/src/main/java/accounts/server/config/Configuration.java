package accounts.server.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * What the server was told.
 *
 * @param effective every variable's value as it took effect, secrets as {@code ***}
 */
public record Configuration(
    Grpc grpc,
    Admin admin,
    Store store,
    Cache cache,
    Freshness freshness,
    Repair repair,
    Map<String, String> effective) {

  /**
   * Where and how calls are taken.
   *
   * @param longestCall how long a call may take whose caller set no deadline, or a later one
   * @param stopGrace how long calls under way may go on when the server is told to stop
   */
  public record Grpc(String host, int port, Duration longestCall, Duration stopGrace) {}

  /**
   * What the people who run it see.
   *
   * @param host where the admin port listens
   * @param auditPerSecond how many cached answers are compared with the store in a second; 0 is
   *     none
   */
  public record Admin(String host, int port, int auditPerSecond) {}

  /**
   * The DynamoDB table.
   *
   * @param timeout longest time for one operation, retries included
   * @param connections requests in flight at once
   * @param reads how many of them may be reads; more wait
   * @param writes how many of them may be changes; more wait
   * @param queue how many of either may wait; more are refused
   */
  public record Store(
      String table, Duration timeout, int connections, int reads, int writes, int queue) {}

  /**
   * What freshness costs and allows.
   *
   * @param lease how long an instance goes by the epochs that it read; a writer without the cache
   *     waits as long
   * @param bound the age up to which BOUNDED reads may be answered from memory
   * @param nearBytes how much memory the answers of each kind of entity may take
   * @param hints whether instances tell each other what changed
   * @param copies how many copies of the epochs the table holds
   */
  public record Freshness(
      Duration lease, Duration bound, long nearBytes, boolean hints, int copies) {}

  /**
   * Repair from the table's stream.
   *
   * @param on whether this instance takes part in it
   * @param endpoint where streams are served; empty for AWS's own chain
   */
  public record Repair(boolean on, Optional<URI> endpoint) {}

  /**
   * The Momento cache.
   *
   * @param apiKey for the cloud; empty with a local endpoint
   * @param local a plaintext server that speaks Momento's protocol; empty with the cloud
   * @param timeout longest time for one call
   * @param ttl how long an answer is kept
   */
  public record Cache(
      String name,
      Optional<String> apiKey,
      Optional<HostAndPort> local,
      Duration timeout,
      Duration ttl) {

    @Override
    public String toString() {
      return "Cache[%s, local=%s, timeout=%s, ttl=%s]".formatted(name, local, timeout, ttl);
    }
  }

  /** An address. */
  public record HostAndPort(String host, int port) {}

  private static final long MEBIBYTE = 1L << 20;

  static final Variable GRPC_HOST =
      Variable.of("ACCOUNTS_GRPC_HOST", "127.0.0.1", "a host name or address to listen on");
  static final Variable GRPC_PORT =
      Variable.of("ACCOUNTS_GRPC_PORT", "50051", "a port, 0-65535; 0 is any free one");
  static final Variable GRPC_PLAINTEXT =
      Variable.of(
          "ACCOUNTS_GRPC_PLAINTEXT",
          "false",
          "true or false; true where ACCOUNTS_GRPC_HOST is not a loopback address, since calls are"
              + " not encrypted");
  static final Variable CALL_TIMEOUT =
      Variable.of("ACCOUNTS_CALL_TIMEOUT", "10s", "a duration from 100ms to 5m, like 10s");
  static final Variable STOP_GRACE =
      Variable.of("ACCOUNTS_STOP_GRACE", "15s", "a duration from 0s to 5m, like 15s");
  static final Variable ADMIN_HOST =
      Variable.of("ACCOUNTS_ADMIN_HOST", "127.0.0.1", "a host name or address to listen on");
  static final Variable ADMIN_PORT =
      Variable.of("ACCOUNTS_ADMIN_PORT", "9090", "a port, 0-65535; 0 is any free one");
  static final Variable AUDIT_PER_SECOND =
      Variable.of("ACCOUNTS_AUDIT_PER_SECOND", "0", "a number from 0 to 1000; 0 is off");
  static final Variable TABLE =
      Variable.of(
          "ACCOUNTS_TABLE", "accounts", "a table name: 3-255 letters, digits, '_', '.' or '-'");
  static final Variable STORE_TIMEOUT =
      Variable.of("ACCOUNTS_STORE_TIMEOUT", "2s", "a duration from 100ms to 1m, like 2s");
  static final Variable STORE_CONNECTIONS =
      Variable.of("ACCOUNTS_STORE_CONNECTIONS", "96", "a number from 1 to 1000");
  static final Variable STORE_READS =
      Variable.of("ACCOUNTS_STORE_READS", "48", "a number from 1 to 1000");
  static final Variable STORE_WRITES =
      Variable.of("ACCOUNTS_STORE_WRITES", "32", "a number from 1 to 1000");
  static final Variable STORE_QUEUE =
      Variable.of("ACCOUNTS_STORE_QUEUE", "768", "a number from 0 to 100000");
  static final Variable EPOCH_LEASE =
      Variable.of("ACCOUNTS_EPOCH_LEASE", "1s", "a duration from 100ms to 10s, like 1s");
  static final Variable BOUNDED_AGE =
      Variable.of("ACCOUNTS_BOUNDED_AGE", "1s", "a duration from 0s to 1m, like 1s");
  static final Variable NEAR_MEBIBYTES =
      Variable.of("ACCOUNTS_NEAR_MEBIBYTES", "32", "a number from 0 to 65536");
  static final Variable HINTS = Variable.of("ACCOUNTS_HINTS", "true", "true or false");
  static final Variable EPOCH_COPIES =
      Variable.of("ACCOUNTS_EPOCH_COPIES", "1", "a number from 1 to 64");
  static final Variable DYNAMODB_ENDPOINT =
      Variable.of(
          "AWS_ENDPOINT_URL_DYNAMODB", "", "a URL like http://127.0.0.1:8000, or not set for AWS");
  static final Variable REPAIR = Variable.of("ACCOUNTS_REPAIR", "true", "true or false");
  static final Variable STREAMS_ENDPOINT =
      Variable.of(
          "AWS_ENDPOINT_URL_DYNAMODB_STREAMS",
          "",
          "a URL like http://127.0.0.1:8000, or not set for AWS, or for what"
              + " AWS_ENDPOINT_URL_DYNAMODB says where that is an http:// URL");
  static final Variable AWS_REGION =
      Variable.of(
          "AWS_REGION", "", "a region like eu-west-1, here or elsewhere in AWS's own chain");
  static final Variable MOMENTO_API_KEY =
      Variable.secret(
          "MOMENTO_API_KEY", "a key of Momento's, or MOMENTO_LOCAL_ENDPOINT instead; not both");
  static final Variable MOMENTO_LOCAL_ENDPOINT =
      Variable.of("MOMENTO_LOCAL_ENDPOINT", "", "host:port of a local server, like 127.0.0.1:8080");
  static final Variable CACHE =
      Variable.of(
          "ACCOUNTS_CACHE", "accounts", "a cache name: 1-255 letters, digits, '_', '.' or '-'");
  static final Variable CACHE_TIMEOUT =
      Variable.of("ACCOUNTS_CACHE_TIMEOUT", "500ms", "a duration from 1ms to 10s, like 500ms");
  static final Variable CACHE_TTL =
      Variable.of("ACCOUNTS_CACHE_TTL", "30m", "a duration from 1s to 24h, like 30m");
  // These two are read by logback.xml; here they are checked and shown.
  static final Variable LOG_FORMAT = Variable.of("ACCOUNTS_LOG_FORMAT", "text", "text or json");
  static final Variable LOG_LEVEL =
      Variable.of("ACCOUNTS_LOG_LEVEL", "INFO", "TRACE, DEBUG, INFO, WARN, ERROR or OFF");

  private static final int MAX_PORT = 65_535;
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");
  // Addresses alone: a name may begin with 127. and stand for any address.
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|::1|\\[::1]|127(\\.\\d{1,3}){3}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,255}");
  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
  private static final Pattern CACHE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
  private static final Pattern LOCAL_ENDPOINT =
      Pattern.compile("([A-Za-z0-9._-]{1,255}):(\\d{1,5})");

  /**
   * Reads the environment.
   *
   * @param regionKnown asks AWS's own chain for a region; only called where the environment names
   *     none
   * @throws ConfigurationException naming every fault
   */
  public static Configuration read(Map<String, String> variables, BooleanSupplier regionKnown)
      throws ConfigurationException {
    Environment environment = new Environment(variables);
    Grpc grpc = grpc(environment);
    Admin admin = admin(environment);
    Store store = store(environment, regionKnown);
    Cache cache = cache(environment);
    Freshness freshness = freshness(environment);
    Repair repair = repair(environment);
    environment.matching(LOG_FORMAT, Pattern.compile("text|json"));
    environment.matching(LOG_LEVEL, Pattern.compile("TRACE|DEBUG|INFO|WARN|ERROR|OFF"));
    if (!environment.faults().isEmpty()) {
      throw new ConfigurationException(environment.faults());
    }
    return new Configuration(grpc, admin, store, cache, freshness, repair, environment.effective());
  }

  private static Grpc grpc(Environment environment) {
    String host = environment.matching(GRPC_HOST, HOST);
    boolean plaintext = environment.flag(GRPC_PLAINTEXT);
    if (!plaintext && !LOOPBACK.matcher(host).matches()) {
      environment.fault(GRPC_PLAINTEXT, "false");
    }
    return new Grpc(
        host,
        environment.number(GRPC_PORT, 0, MAX_PORT),
        environment.duration(CALL_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(5)),
        environment.duration(STOP_GRACE, Duration.ZERO, Duration.ofMinutes(5)));
  }

  private static Admin admin(Environment environment) {
    return new Admin(
        environment.matching(ADMIN_HOST, HOST),
        environment.number(ADMIN_PORT, 0, 65_535),
        environment.number(AUDIT_PER_SECOND, 0, 1000));
  }

  private static Store store(Environment environment, BooleanSupplier regionKnown) {
    String endpoint = environment.text(DYNAMODB_ENDPOINT);
    if (!endpoint.isEmpty() && !isUrl(endpoint)) {
      environment.fault(DYNAMODB_ENDPOINT, endpoint);
    }
    String region = environment.text(AWS_REGION);
    if (region.isEmpty() ? !regionKnown.getAsBoolean() : !REGION.matcher(region).matches()) {
      environment.fault(AWS_REGION, region);
    }
    return new Store(
        environment.matching(TABLE, TABLE_NAME),
        environment.duration(STORE_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(1)),
        environment.number(STORE_CONNECTIONS, 1, 1000),
        environment.number(STORE_READS, 1, 1000),
        environment.number(STORE_WRITES, 1, 1000),
        environment.number(STORE_QUEUE, 0, 100_000));
  }

  private static Freshness freshness(Environment environment) {
    return new Freshness(
        environment.duration(EPOCH_LEASE, Duration.ofMillis(100), Duration.ofSeconds(10)),
        environment.duration(BOUNDED_AGE, Duration.ZERO, Duration.ofMinutes(1)),
        environment.number(NEAR_MEBIBYTES, 0, 65_536) * MEBIBYTE,
        environment.flag(HINTS),
        environment.number(EPOCH_COPIES, 1, 64));
  }

  private static Repair repair(Environment environment) {
    String own = environment.text(STREAMS_ENDPOINT);
    String tables = environment.text(DYNAMODB_ENDPOINT);
    if (!own.isEmpty() && !isUrl(own)) {
      environment.fault(STREAMS_ENDPOINT, own);
    }
    // DynamoDB Local serves both at one address, AWS does not.
    String endpoint = own.isEmpty() && tables.startsWith("http://") ? tables : own;
    return new Repair(
        environment.flag(REPAIR),
        Optional.of(endpoint).filter(Configuration::isUrl).map(URI::create));
  }

  private static boolean isUrl(String value) {
    try {
      URI uri = new URI(value);
      return uri.getHost() != null
          && uri.getPort() <= MAX_PORT
          && List.of("http", "https").contains(uri.getScheme());
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }

  private static Cache cache(Environment environment) {
    String apiKey = environment.text(MOMENTO_API_KEY);
    String endpoint = environment.text(MOMENTO_LOCAL_ENDPOINT);
    if (apiKey.isEmpty() == endpoint.isEmpty()) {
      environment.fault(MOMENTO_API_KEY, apiKey);
    }
    return new Cache(
        environment.matching(CACHE, CACHE_NAME),
        Optional.of(apiKey).filter(key -> !key.isEmpty()),
        local(environment, endpoint),
        environment.duration(CACHE_TIMEOUT, Duration.ofMillis(1), Duration.ofSeconds(10)),
        environment.duration(CACHE_TTL, Duration.ofSeconds(1), Duration.ofDays(1)));
  }

  private static Optional<HostAndPort> local(Environment environment, String endpoint) {
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    var matcher = LOCAL_ENDPOINT.matcher(endpoint);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    if (port < 1 || port > MAX_PORT) {
      environment.fault(MOMENTO_LOCAL_ENDPOINT, endpoint);
      return Optional.empty();
    }
    return Optional.of(new HostAndPort(matcher.group(1), port));
  }
}
