package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.CreateUserRequest;
import com.sun.net.httpserver.HttpServer;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a whole server exports where OpenTelemetry's variables ask for it. */
final class OtlpTest {

  @AutoClose private static final TestBackends backends = new TestBackends();

  private final Map<String, String> received = new ConcurrentHashMap<>();
  private final HttpServer collector = collector();

  private HttpServer collector() {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.createContext(
          "/",
          exchange -> {
            try (exchange) {
              String body =
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
              received.merge(exchange.getRequestURI().getPath(), body, String::concat);
              exchange.sendResponseHeaders(200, -1);
            }
          });
      http.start();
      return http;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = backends.environment(more);
    environment.put(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + collector.getAddress().getPort());
    return environment;
  }

  @Test
  void endpointSet_tracesAndMetricsOfGrpc_arrive() {
    try (ServerProcess process = ServerProcess.start(environment(Map.of()))) {
      create(process.awaitReady(), "otto.lilienthal");
      process.terminate(); // exports what is left
      var unused = process.awaitExit();

      assertThat(received.get("/v1/traces"))
          .contains("dynamodb.commit", "AccountService.CreateUser", "service.name", "accounts")
          .doesNotContain("otto.lilienthal");
      assertThat(received.get("/v1/metrics")).contains("grpc.server.call.duration");
    }
  }

  private static void create(int port, String username) {
    ManagedChannel channel = TestService.channelTo(port);
    try {
      assertThat(
              AccountServiceGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(60, TimeUnit.SECONDS)
                  .createUser(
                      CreateUserRequest.newBuilder()
                          .setUsername(username)
                          .setFirstName("Otto")
                          .setLastName("L")
                          .build())
                  .hasUser())
          .isTrue();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void variableWrong_isNamedWithoutSecretsAndExitsWith78() {
    Map<String, String> wrong =
        Map.of("OTEL_EXPORTER_OTLP_HEADERS", "geheim", "OTEL_BSP_SCHEDULE_DELAY", "soon");
    try (ServerProcess process = ServerProcess.start(environment(wrong))) {
      assertThat(process.awaitExit()).isEqualTo(78);
      assertThat(process.output())
          .noneMatch(line -> line.contains("geheim"))
          .anyMatch(line -> line.startsWith("accounts: OpenTelemetry (OTEL_*): "));
    }
  }
}
