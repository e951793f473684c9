package accounts.local;

import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * An in-memory DynamoDB Local inside this JVM; all data is lost when it is closed.
 *
 * <p>It listens on the given host only. Amazon's launcher would bind every interface, so its
 * request handler runs in a Jetty server here. No telemetry is sent to Amazon either, since only
 * that launcher sets it up. All credentials and regions share the same tables.
 */
public final class LocalDynamoDb implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  private final LocalDynamoDBRequestHandler handler;
  private final Server server;
  private final URI endpoint;

  private LocalDynamoDb(LocalDynamoDBRequestHandler handler, Server server, URI endpoint) {
    this.handler = handler;
    this.server = server;
    this.endpoint = endpoint;
  }

  /** Starts an instance on 127.0.0.1 and a free port. */
  public static LocalDynamoDb start() {
    return start(LOOPBACK, 0);
  }

  /** Starts an instance on 127.0.0.1; see {@link #start(String, int)}. */
  public static LocalDynamoDb start(int port) {
    return start(LOOPBACK, port);
  }

  /**
   * Starts an instance, which takes about a second.
   *
   * @param host the address to listen on
   * @param port the port; 0 for any free port
   * @throws PortTakenException if the port is in use
   * @throws IllegalStateException if it does not start for another reason
   */
  public static LocalDynamoDb start(String host, int port) {
    LocalDynamoDBRequestHandler handler =
        new LocalDynamoDBRequestHandler(0, true, null, true, false);
    Server server = new Server(new InetSocketAddress(host, port));
    server.setHandler(new LocalDynamoDBServerHandler(handler, null));
    listen(server, handler, port);
    return new LocalDynamoDb(handler, server, address(host, server));
  }

  private static void listen(Server server, LocalDynamoDBRequestHandler handler, int port) {
    try {
      server.start();
    } catch (Exception e) {
      stop(server, handler);
      throw PortTakenException.explains(e)
          ? new PortTakenException(port, e)
          : new IllegalStateException("DynamoDB Local did not start", e);
    }
  }

  private static URI address(String host, Server server) {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return URI.create("http://" + host + ":" + port);
  }

  /** Returns the endpoint, for the endpoint override of AWS SDKs. */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * Creates the table of Accounts: string keys PK and SK, on demand, stream with both images, time
   * to live by {@code expires}. Does nothing if the table exists.
   */
  public synchronized void createTable(String name) {
    if (!exists(name)) {
      handler.createTable(AwsEnvironment.KEY, AwsEnvironment.REGION, AccountsTable.create(name));
      handler.updateTimeToLive(
          AwsEnvironment.KEY, AwsEnvironment.REGION, AccountsTable.timeToLive(name));
    }
  }

  private boolean exists(String name) {
    ListTablesRequest all = ListTablesRequest.builder().build();
    return handler
        .listTables(AwsEnvironment.KEY, AwsEnvironment.REGION, all)
        .tableNames()
        .contains(name);
  }

  /** Stops the instance; all tables are lost. Does nothing if it is stopped. */
  @Override
  public void close() {
    stop(server, handler);
  }

  private static void stop(Server server, LocalDynamoDBRequestHandler handler) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not stop", e);
    } finally {
      handler.shutdown();
    }
  }
}
