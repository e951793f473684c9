package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.admin.AdminServer;
import accounts.async.CapturedLog;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The spans of a whole server; the tree of a change is in the client's {@code TraceTest}. */
final class TracesTest {

  @AutoClose private final TestBackends backends = new TestBackends();
  private final TracedParts parts = new TracedParts();

  private List<SpanData> spansOf(String call) {
    return Eventually.get(
        () -> parts.spans(),
        spans -> spans.stream().anyMatch(span -> span.getName().endsWith(call)));
  }

  @Test
  void call_refused_namesNobodyInItsSpans() {
    try (TestService service = TestService.start(backends.environment(), parts)) {
      assertThat(Refused.by(() -> service.getUser("mallory")).code())
          .isEqualTo(Status.Code.NOT_FOUND);

      assertThat(spansOf("GetUser"))
          .noneMatch(span -> span.toString().contains("mallory"))
          .noneMatch(span -> span.getStatus().getDescription().contains("mallory"));
    }
  }

  @Test
  void calls_ofHealthAndReflection_haveNoSpans() {
    try (TestService service = TestService.start(backends.environment(), parts)) {
      assertThat(
              HealthGrpc.newBlockingStub(service.channel())
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
      reflect(service);
      service.newUser();

      assertThat(spansOf("CreateUser"))
          .extracting(SpanData::getName)
          .noneMatch(name -> name.contains("grpc."));
    }
  }

  /** Returns when the stream has ended, and with it its span, if it has one. */
  private static void reflect(TestService service) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(service.channel())
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {}

                  @Override
                  public void onError(Throwable failure) {
                    ended.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    ended.complete(null);
                  }
                });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    requests.onCompleted();
    assertThat(ended).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void calls_outOfACall_haveNoSpans() {
    try (TestService service = TestService.start(backends.environment(), parts)) {
      parts.awaitLease();
      service.newUser();

      assertThat(spansOf("CreateUser"))
          .extracting(SpanData::getTraceId)
          .containsOnly(spansOf("CreateUser").getFirst().getTraceId());
    }
  }

  @Test
  void callFails_itsLogLine_hasTheTraceId() {
    try (CapturedLog log = CapturedLog.of("accounts.grpc");
        StoreGate gate = new StoreGate(backends)) {
      Map<String, String> environment =
          backends.environment(Map.of("ACCOUNTS_STORE_TIMEOUT", "300ms"));
      environment.put("AWS_ENDPOINT_URL_DYNAMODB", gate.endpoint());
      try (TestService service = TestService.start(environment, parts)) {
        assertThat(Refused.by(() -> service.getUser("nobody")).reason())
            .isEqualTo("STORE_UNAVAILABLE");

        String traceId = spansOf("GetUser").getFirst().getTraceId();
        assertThat(log.events())
            .singleElement()
            .satisfies(
                event -> assertThat(event.getMDCPropertyMap()).containsEntry("trace_id", traceId));
      }
    }
  }

  @Test
  void cacheFails_itsSpan_hasTheOutcome() {
    assertThat(backends.cache().faults().add(Rule.of(Fault.ERROR).status(Status.Code.INTERNAL, "")))
        .isPositive();
    try (TestService service = TestService.start(backends.environment(), parts)) {
      parts.awaitLease();
      assertThat(Refused.by(() -> service.getUser("nobody")).code())
          .isEqualTo(Status.Code.NOT_FOUND);

      assertThat(spansOf("GetUser"))
          .filteredOn(span -> span.getName().equals("momento.get"))
          .anySatisfy(
              span -> assertThat(span.getAttributes().asMap().toString()).contains("unavailable"));
    }
  }

  @Test
  void durations_ofATracedCall_haveItsTraceAsExemplar() throws Exception {
    try (TestService service = TestService.start(backends.environment(), parts);
        AdminServer admin = service.listenToAdmin();
        HttpClient client = HttpClient.newHttpClient()) {
      service.newUser();
      String traceId = spansOf("CreateUser").getLast().getTraceId();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + "/metrics"))
              .header("Accept", "application/openmetrics-text; version=1.0.0")
              .build();

      assertThat(client.send(request, BodyHandlers.ofString()).body())
          .containsPattern("grpc_server_call_duration_seconds_bucket.*trace_id=\"" + traceId);
    }
  }
}
