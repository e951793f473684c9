package accounts.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.admin.AdminServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The admin port of a whole server, and what docs/operations.md says of it. */
final class AdminPortTest {

  private static final Path DOCS = Path.of("..", "docs", "operations.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `((?:accounts|grpc)_\\w+)` \\| (\\w+) \\|", Pattern.MULTILINE);
  private static final Pattern TYPE = Pattern.compile("^# TYPE (\\w+) (\\w+)$", Pattern.MULTILINE);

  @AutoClose private static final TestBackends backends = new TestBackends();

  @AutoClose
  private static final TestService service =
      backends.start(Map.of("ACCOUNTS_AUDIT_PER_SECOND", "1"));

  @AutoClose private final AdminServer admin = listen();
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  private static AdminServer listen() {
    try {
      return service.listenToAdmin();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void metrics_afterACall_countIt() throws Exception {
    String user = service.newUser();
    service.getUser(user);

    String metrics = get("/metrics").body();

    assertThat(metrics)
        .containsPattern(
            "grpc_server_call_started_total\\{grpc_method=\"accounts.v1.AccountService/CreateUser\"} [1-9]")
        .containsPattern(
            "grpc_server_call_duration_seconds_count\\{grpc_method=\"accounts.v1.AccountService/CreateUser\",grpc_status=\"OK\"} [1-9]")
        .containsPattern("accounts_store_calls_total\\{call=\"commit\",result=\"ok\"} [1-9]")
        .doesNotContain(user);
  }

  @Test
  void metrics_all_areInTheDocs() throws Exception {
    service.newUser();

    assertThat(rows(TYPE, get("/metrics").body()))
        .filteredOn(row -> !row.matches("(jvm|process)_.*"))
        .containsExactlyInAnyOrderElementsOf(rows(ROW, Files.readString(DOCS)));
  }

  @Test
  void metrics_ofTheJvm_areThere() throws Exception {
    assertThat(get("/metrics").body())
        .contains("jvm_memory_used_bytes{area=\"heap\"}", "process_cpu_seconds_total");
  }

  @Test
  void metrics_openMetricsAccepted_areOpenMetrics() throws Exception {
    HttpResponse<String> answer =
        get(admin, "/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void metrics_gzipAccepted_areCompressed() throws Exception {
    assertThat(
            get(admin, "/metrics", "Accept-Encoding", "gzip")
                .headers()
                .firstValue("Content-Encoding"))
        .hasValue("gzip");
  }

  @Test
  void metrics_oneAskedFor_isTheOnlyOne() throws Exception {
    assertThat(rows(TYPE, get("/metrics?name[]=accounts_epoch_lease_lapsed").body()))
        .containsExactly("accounts_epoch_lease_lapsed gauge");
  }

  private static List<String> rows(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(row -> row.group(1) + " " + row.group(2)).toList();
  }

  @Test
  void ready_serving_isOk() throws Exception {
    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(get("/live").body()).isEqualTo("live\n");
  }

  @Test
  void ready_notServing_is503() throws Exception {
    try (AdminServer other =
        AdminServer.start("127.0.0.1", 0, new PrometheusRegistry(), () -> true, () -> false)) {
      assertThat(get(other, "/ready").statusCode()).isEqualTo(503);
      assertThat(get(other, "/live").statusCode()).isEqualTo(200);
    }
  }

  // A kubelet that is refused three times restarts the pod.
  @Test
  void live_clientsSendHalfARequest_isAnswered() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 16; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), admin.port());
        slow.add(socket);
        socket.getOutputStream().write("GET /live HTTP/1.1\r\n".getBytes(US_ASCII));
      }

      assertThat(get("/live").body()).isEqualTo("live\n");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void get_anythingElse_isNotFound() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  @Test
  void start_portTaken_throws() {
    assertThatThrownBy(() ->
            AdminServer.start(
                "127.0.0.1", admin.port(), new PrometheusRegistry(), () -> true, () -> true))
        .isInstanceOf(IOException.class);
  }

  @Test
  void start_switchedOff_servesCallsAndNeedsNoPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> off =
          Map.of(
              "ACCOUNTS_ADMIN",
              "false",
              "ACCOUNTS_ADMIN_PORT",
              Integer.toString(taken.getLocalPort()));
      try (ServerProcess process = ServerProcess.start(backends.environment(off))) {
        assertThat(process.awaitReady()).isPositive();

        assertThat(process.output())
            .filteredOn(line -> line.contains("ready: "))
            .singleElement()
            .asString()
            .endsWith("(plaintext), no admin port");
      }
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(admin, path);
  }

  private HttpResponse<String> get(AdminServer server, String path, String... headers)
      throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:" + server.port() + path.replace("[", "%5B").replace("]", "%5D"));
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
