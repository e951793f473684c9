package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.server.TracedServer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The trace of a change, from the program that asks for it to DynamoDB, and what docs say of it.
 */
final class TraceTest {

  private static final Path DOCS = Path.of("..", "docs", "operations.md");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

  @AutoClose
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();

  @AutoClose private final TracedServer server = TracedServer.start(sdk);

  @AutoClose
  private final AccountsClient client =
      AccountsClient.builder(server.address())
          .openTelemetry(sdk)
          .readDeadline(LIMIT)
          .writeDeadline(LIMIT)
          .build();

  private final BlockingAccountsClient accounts = client.blocking();

  @Test
  void addUserToOrganization_throughClientServerCacheAndStore_isOneTreeAsInTheDocs()
      throws Exception {
    accounts.createUser("olivia", "Olivia", "Park");
    accounts.createUser("marc", "Marc", "Lee");
    accounts.createOrganization("Olivia's Org", "olivia");

    String tree =
        traced(() -> accounts.addUserToOrganization("olivias-org", "marc", Role.ADMIN, "olivia"));
    System.out.print(tree);

    assertThat(tree).doesNotContain("olivia", "marc");
    assertThat(Files.readString(DOCS)).contains("```text\n" + tree + "```\n");
  }

  /** Does what a program does, in a span of its own, and returns the spans of that trace. */
  private String traced(Runnable call) {
    Span program = sdk.getTracer("test").spanBuilder("the program that calls").startSpan();
    Context.current().with(program).wrap(call).run();
    program.end();
    return new SpanTree(allOf(program.getSpanContext().getTraceId())).print();
  }

  /** The last ones end after the call: the client's, and the fill of a cell. */
  private List<SpanData> allOf(String traceId) {
    long began = System.nanoTime();
    List<SpanData> ended = List.of();
    while (!isWhole(ended) && System.nanoTime() - began < LIMIT.toNanos()) {
      ended =
          exporter.getFinishedSpanItems().stream()
              .filter(span -> span.getTraceId().equals(traceId))
              .toList();
    }
    return ended;
  }

  private static boolean isWhole(List<SpanData> spans) {
    List<String> ids = spans.stream().map(SpanData::getSpanId).toList();
    return spans.stream().anyMatch(span -> span.getName().startsWith("Sent."))
        && spans.stream()
            .map(SpanData::getParentSpanId)
            .allMatch(parent -> ids.contains(parent) || !parent.matches(".*[1-9a-f].*"));
  }
}
