package accounts.server.config;

import accounts.identity.IdentitySettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server's configuration.
 *
 * @param effective the effective value of every variable, secrets as {@code ***}
 * @param changed those of the effective values that differ from their defaults
 * @param unknown a line for each variable that looks like a setting and is none
 */
public record Configuration(
    Grpc grpc,
    Admin admin,
    Store store,
    Cache cache,
    Watch watch,
    Freshness freshness,
    Repair repair,
    Map<String, String> effective,
    Map<String, String> changed,
    List<String> unknown) {

  /**
   * The gRPC server.
   *
   * @param tls empty for plaintext
   * @param identity whom to believe; empty where every caller may do everything
   * @param reflection whether the contract can be asked for
   * @param longestCall the deadline of calls that have none, or a later one
   * @param warmUp the longest time for calls that the server makes of itself before it takes those
   *     of others
   * @param connectionAge how long a connection lasts, give or take a tenth
   * @param drain how long the server, when it stops, still takes calls
   * @param stopGrace how long calls in flight, and what they leave to be done, may then continue
   */
  public record Grpc(
      String host,
      int port,
      Optional<Tls> tls,
      Optional<IdentitySettings> identity,
      boolean reflection,
      Duration longestCall,
      Duration warmUp,
      Duration connectionAge,
      Duration drain,
      Duration stopGrace) {

    /** Returns whether only this machine can call the server, as on a laptop. */
    public boolean isLocal() {
      return ConfigurationReader.isLoopback(host);
    }
  }

  /**
   * The files of TLS, in PEM.
   *
   * @param certificate the server's, and those above it
   * @param clientCa the CAs of client certificates; empty if clients are not asked for one
   * @param clientsMust whether clients without a certificate are refused
   */
  public record Tls(Path certificate, Path key, Optional<Path> clientCa, boolean clientsMust) {}

  /**
   * The admin port.
   *
   * @param on whether there is one
   * @param host where the admin port listens
   * @param auditPerSecond how many cached answers are compared with the store per second; 0 is none
   */
  public record Admin(boolean on, String host, int port, int auditPerSecond) {}

  /**
   * The DynamoDB table.
   *
   * @param timeout longest time for one operation, retries included
   * @param connections requests in flight at once
   * @param reads how many of them may be reads; more wait
   * @param writes how many of them may be changes; more wait
   * @param queue how many of either may wait; more are refused
   * @param retention how long entries of the audit trail are kept
   * @param deletedRetention how long what was deleted can be restored, and its name is reserved
   */
  public record Store(
      String table,
      Duration timeout,
      int connections,
      int reads,
      int writes,
      int queue,
      Duration retention,
      Duration deletedRetention) {}

  /**
   * The feed of changes, and those who watch it.
   *
   * @param retention how long changes are kept
   * @param most how many watches may be open at once
   */
  public record Watch(Duration retention, int most) {}

  /**
   * The freshness protocol.
   *
   * @param lease how long an instance uses the epochs that it read; a writer that cannot reach the
   *     cache waits this long
   * @param bound the age up to which BOUNDED reads may be answered from memory
   * @param nearBytes how much memory the answers of each kind of entity may take
   * @param hints whether instances send each other invalidation hints
   * @param copies how many copies of the epochs the table holds
   */
  public record Freshness(
      Duration lease, Duration bound, long nearBytes, boolean hints, int copies) {}

  /**
   * The repair from the table's stream.
   *
   * @param on whether this instance takes part
   * @param endpoint where streams are served; empty for AWS's own chain
   */
  public record Repair(boolean on, Optional<URI> endpoint) {}

  /**
   * The Momento cache.
   *
   * @param apiKey for the cloud; empty with a file or a local endpoint
   * @param apiKeyFile the file with the key for the cloud, which may change; empty with a key or a
   *     local endpoint
   * @param local a plaintext server with Momento's protocol; empty with the cloud
   * @param timeout longest time for one call
   * @param ttl how long an answer is kept
   */
  public record Cache(
      String name,
      Optional<String> apiKey,
      Optional<KeyFile> apiKeyFile,
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
}
