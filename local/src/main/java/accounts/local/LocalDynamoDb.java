package accounts.local;

import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local inside this JVM, in memory: everything is gone when it is closed.
 *
 * <p>It listens on the given host alone. Amazon's own launcher binds every interface; here its
 * request handler sits in a Jetty server of ours. Nothing is sent to Amazon either: only that
 * launcher sets telemetry up. Tables are the same for all credentials and regions.
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

  /** Starts one on 127.0.0.1 and a free port. */
  public static LocalDynamoDb start() {
    return start(LOOPBACK, 0);
  }

  /** Starts one on 127.0.0.1; see {@link #start(String, int)}. */
  public static LocalDynamoDb start(int port) {
    return start(LOOPBACK, port);
  }

  /**
   * Starts one; it takes about a second.
   *
   * @param host the address to listen on
   * @param port the port, 0 for any that is free
   * @throws PortTakenException if somebody else listens there
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

  /** Returns where it listens, as the AWS SDK's endpoint override wants it. */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * Creates the table of Accounts: string keys PK and SK, on demand, stream with both images, time
   * to live by {@code expires}. Does nothing if there is a table of that name.
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

  /** Stops it and forgets all tables. Closing twice does no harm. */
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
