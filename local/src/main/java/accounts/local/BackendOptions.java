package accounts.local;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command-line options of {@link Backends}, set by picocli. */
final class BackendOptions {

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "address to listen on (${DEFAULT-VALUE})")
  String host = "";

  @Option(
      names = "--dynamodb-port",
      defaultValue = "8000",
      description = "port of DynamoDB Local, 0 for any (${DEFAULT-VALUE})")
  int dynamoDbPort;

  @Option(
      names = "--cache-port",
      defaultValue = "8080",
      description = "port of the cache, 0 for any (${DEFAULT-VALUE})")
  int cachePort;

  @Option(
      names = "--table",
      defaultValue = "${env:ACCOUNTS_TABLE:-accounts}",
      description = "table to create ($ACCOUNTS_TABLE or accounts)")
  String table = "";

  @Option(
      names = "--cache",
      defaultValue = "${env:ACCOUNTS_CACHE:-accounts}",
      description = "cache to create ($ACCOUNTS_CACHE or accounts)")
  String cache = "";

  @Option(
      names = "--admin-port",
      description = "port for controlling faults, see local/README.md (none)")
  @Nullable Integer adminPort;

  @Option(
      names = "--ready-port",
      description = "port on which /ready answers probes, see local/README.md (none)")
  @Nullable Integer readyPort;

  @Option(
      names = "--fault",
      paramLabel = "RULE",
      description = "a fault of the cache, such as 'drop rpc=Get probability=0.01'; repeatable")
  List<String> faults = List.of();

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "makes the random part of faults repeatable (${DEFAULT-VALUE})")
  long seed;

  @Parameters(
      paramLabel = "-- COMMAND",
      description = "command to run against both backends, which end when it ends")
  List<String> command = List.of();

  /** Returns whether only this machine reaches the backends, as on a laptop. */
  boolean isLocal() {
    return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
  }

  /**
   * Checks that both ports are free, and chooses free ports for 0.
   *
   * @return the environment variables by which a command will find the backends
   * @throws StartFailure if a port is in use
   */
  Map<String, String> reserved() {
    dynamoDbPort = PortProbe.free(host, dynamoDbPort, "--dynamodb-port");
    cachePort = PortProbe.free(host, cachePort, "--cache-port");
    return environment(URI.create("http://" + host + ":" + dynamoDbPort), host + ":" + cachePort);
  }

  /** Returns the environment variables by which a server finds backends at these addresses. */
  Map<String, String> environment(URI dynamoDb, String cacheEndpoint) {
    Map<String, String> variables = new LinkedHashMap<>(AwsEnvironment.variables(dynamoDb));
    variables.put("MOMENTO_LOCAL_ENDPOINT", cacheEndpoint);
    variables.put("ACCOUNTS_TABLE", table);
    variables.put("ACCOUNTS_CACHE", cache);
    return variables;
  }
}
