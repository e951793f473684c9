package accounts.server.config;

import accounts.identity.IdentitySettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Reads the server's {@link Configuration} from environment variables and checks it. */
public final class ConfigurationReader {

  private static final long MEBIBYTE = 1L << 20;
  static final int MAX_PORT = 65_535;
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");
  // Addresses only: a name may begin with 127. and stand for any address.
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|::1|\\[::1]|127(\\.\\d{1,3}){3}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,255}");
  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{3,255}");

  private ConfigurationReader() {}

  /**
   * Returns the configuration that the environment describes.
   *
   * @param regionKnown asks AWS's own chain for a region; only called where the environment names
   *     none
   * @throws ConfigurationException naming every fault
   */
  public static Configuration read(Map<String, String> variables, BooleanSupplier regionKnown)
      throws ConfigurationException {
    Environment environment = new Environment(variables);
    Configuration.Grpc grpc = grpc(environment);
    Configuration.Admin admin = admin(environment);
    checkPorts(environment, grpc, admin);
    Configuration.Store store = store(environment, regionKnown);
    Configuration.Cache cache = CacheReader.read(environment);
    Configuration.Watch watch = watch(environment);
    Configuration.Freshness freshness = freshness(environment);
    Configuration.Repair repair = repair(environment);
    environment.matching(Variables.LOG_FORMAT, Pattern.compile("text|json"));
    environment.matching(Variables.LOG_LEVEL, Pattern.compile("TRACE|DEBUG|INFO|WARN|ERROR|OFF"));
    if (!environment.faults().isEmpty()) {
      throw new ConfigurationException(environment.faults());
    }
    return new Configuration(
        grpc,
        admin,
        store,
        cache,
        watch,
        freshness,
        repair,
        environment.effective(),
        environment.changed(),
        UnknownNames.in(variables, environment.effective().keySet()));
  }

  /** Returns whether a host is an address of this machine only. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  private static Configuration.Grpc grpc(Environment environment) {
    String host = environment.matching(Variables.GRPC_HOST, HOST);
    boolean isLocal = isLoopback(host);
    boolean plaintext = environment.flag(Variables.GRPC_PLAINTEXT);
    boolean anonymous = environment.flag(Variables.ANONYMOUS);
    int port = environment.number(Variables.GRPC_PORT, 0, MAX_PORT);
    Optional<Configuration.Tls> tls = TlsReader.read(environment);
    Optional<IdentitySettings> identity = IdentityReader.read(environment);
    if (!plaintext && !isLocal && tls.isEmpty()) {
      environment.fault(Variables.GRPC_PLAINTEXT, "false");
    }
    if (!anonymous && !isLocal && identity.isEmpty()) {
      environment.fault(Variables.ANONYMOUS, "false");
    }
    return new Configuration.Grpc(
        host,
        port,
        tls,
        identity,
        environment.flag(Variables.REFLECTION),
        environment.duration(Variables.CALL_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(5)),
        environment.duration(Variables.WARM_UP, Duration.ZERO, Duration.ofMinutes(1)),
        environment.duration(Variables.CONNECTION_AGE, Duration.ofSeconds(10), Duration.ofHours(1)),
        environment.duration(Variables.DRAIN, Duration.ZERO, Duration.ofMinutes(5)),
        environment.duration(Variables.STOP_GRACE, Duration.ZERO, Duration.ofMinutes(5)));
  }

  private static Configuration.Admin admin(Environment environment) {
    return new Configuration.Admin(
        environment.flag(Variables.ADMIN),
        environment.matching(Variables.ADMIN_HOST, HOST),
        environment.number(Variables.ADMIN_PORT, 0, MAX_PORT),
        environment.number(Variables.AUDIT_PER_SECOND, 0, 1000));
  }

  private static void checkPorts(
      Environment environment, Configuration.Grpc grpc, Configuration.Admin admin) {
    if (admin.on() && admin.port() == grpc.port() && admin.port() != 0) {
      environment.fault(
          Variables.ADMIN_PORT,
          Integer.toString(admin.port()),
          "another port than " + Variables.GRPC_PORT.name());
    }
  }

  private static Configuration.Store store(Environment environment, BooleanSupplier regionKnown) {
    String endpoint = environment.text(Variables.DYNAMODB_ENDPOINT);
    if (!endpoint.isEmpty() && !isUrl(endpoint)) {
      environment.fault(Variables.DYNAMODB_ENDPOINT, endpoint);
    }
    String region = environment.text(Variables.AWS_REGION);
    if (region.isEmpty() ? !regionKnown.getAsBoolean() : !REGION.matcher(region).matches()) {
      environment.fault(Variables.AWS_REGION, region);
    }
    return new Configuration.Store(
        environment.matching(Variables.TABLE, TABLE_NAME),
        environment.duration(
            Variables.STORE_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(1)),
        environment.number(Variables.STORE_CONNECTIONS, 1, 1000),
        environment.number(Variables.STORE_READS, 1, 1000),
        environment.number(Variables.STORE_WRITES, 1, 1000),
        environment.number(Variables.STORE_QUEUE, 0, 100_000),
        environment.duration(Variables.AUDIT_RETENTION, Duration.ofDays(1), Duration.ofDays(3650)),
        environment.duration(
            Variables.DELETED_RETENTION, Duration.ofSeconds(1), Duration.ofDays(3650)));
  }

  private static Configuration.Watch watch(Environment environment) {
    return new Configuration.Watch(
        environment.duration(Variables.WATCH_RETENTION, Duration.ofDays(1), Duration.ofDays(365)),
        environment.number(Variables.WATCHES, 1, 100_000));
  }

  private static Configuration.Freshness freshness(Environment environment) {
    return new Configuration.Freshness(
        environment.duration(Variables.EPOCH_LEASE, Duration.ofMillis(100), Duration.ofSeconds(10)),
        environment.duration(Variables.BOUNDED_AGE, Duration.ZERO, Duration.ofMinutes(1)),
        environment.number(Variables.NEAR_MEBIBYTES, 0, 65_536) * MEBIBYTE,
        environment.flag(Variables.HINTS),
        environment.number(Variables.EPOCH_COPIES, 1, 64));
  }

  private static Configuration.Repair repair(Environment environment) {
    String own = environment.text(Variables.STREAMS_ENDPOINT);
    String tables = environment.text(Variables.DYNAMODB_ENDPOINT);
    if (!own.isEmpty() && !isUrl(own)) {
      environment.fault(Variables.STREAMS_ENDPOINT, own);
    }
    // DynamoDB Local serves both at one address, AWS does not.
    String endpoint = own.isEmpty() && tables.startsWith("http://") ? tables : own;
    return new Configuration.Repair(
        environment.flag(Variables.REPAIR),
        Optional.of(endpoint).filter(ConfigurationReader::isUrl).map(URI::create));
  }

  private static boolean isUrl(String value) {
    try {
      URI uri = new URI(value);
      return uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getPort() <= MAX_PORT
          && List.of("http", "https").contains(uri.getScheme());
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }
}
