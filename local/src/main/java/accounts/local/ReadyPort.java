package accounts.local;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._GetRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An HTTP port for probes: {@code /ready} reads an item of the table and a key of the cache,
 * through their own ports as any client does, and answers 200 if both were answered, otherwise 503
 * with the reason. An open port says less: DynamoDB Local listens before there is a table.
 */
final class ReadyPort implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final AttributeValue PROBE = AttributeValue.fromS("ready");
  private static final Metadata.Key<String> CACHE =
      Metadata.Key.of("cache", Metadata.ASCII_STRING_MARSHALLER);

  private final HttpServer server;
  private final DynamoDbClient dynamoDb;
  private final String table;
  private final ManagedChannel channel;
  private final ScsGrpc.ScsBlockingStub cache;

  private ReadyPort(HttpServer server, RunningBackends backends) {
    this.server = server;
    String host = reachable(backends.options().host);
    this.dynamoDb =
        client(URI.create("http://" + host + ":" + backends.dynamoDb().endpoint().getPort()));
    this.table = backends.options().table;
    this.channel =
        NettyChannelBuilder.forAddress(host, backends.cache().port()).usePlaintext().build();
    Metadata name = new Metadata();
    name.put(CACHE, backends.options().cache);
    this.cache =
        ScsGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(name));
  }

  /** To connect to "all addresses", Java looks up the name of the machine, which may have none. */
  private static String reachable(String host) {
    return new InetSocketAddress(host, 0).getAddress().isAnyLocalAddress() ? "127.0.0.1" : host;
  }

  private static DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(AwsEnvironment.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(AwsEnvironment.KEY, AwsEnvironment.KEY)))
        .overrideConfiguration(limits -> limits.apiCallTimeout(TIMEOUT))
        .build();
  }

  /**
   * Starts the port.
   *
   * @param port 0 for any free port
   * @throws PortTakenException if the port is in use
   */
  static ReadyPort start(RunningBackends backends, int port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(backends.options().host, port), 0);
      ReadyPort ready = new ReadyPort(server, backends);
      server.createContext("/ready", ready::answer);
      server.start();
      return ready;
    } catch (IOException e) {
      throw PortTakenException.explains(e)
          ? new PortTakenException(port, e)
          : new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        callBoth();
        send(exchange, 200, "ready");
      } catch (SdkException | StatusRuntimeException e) {
        send(exchange, 503, "not ready: " + e.getMessage());
      }
    }
  }

  private void callBoth() {
    var unusedItem =
        dynamoDb.getItem(get -> get.tableName(table).key(Map.of("PK", PROBE, "SK", PROBE)));
    var unusedCell =
        cache
            .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .get(_GetRequest.newBuilder().setCacheKey(ByteString.copyFromUtf8("ready")).build());
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    channel.shutdownNow();
    dynamoDb.close();
  }
}
