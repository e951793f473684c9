package accounts.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.Trace;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class OtelTraceTest {

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

  @AutoClose
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();

  private final Tracer tracer = provider.get("test");

  private OtelTrace trace(String name) {
    return new OtelTrace(tracer, tracer.spanBuilder(name).startSpan());
  }

  @Test
  void waitsFor_aStepOfAnotherTrace_linksToIt() {
    OtelTrace leader = trace("leader");
    OtelTrace waiter = trace("waiter");
    waiter.waitsFor(leader);
    waiter.end(null);

    SpanData ended = exporter.getFinishedSpanItems().getFirst();
    assertThat(ended.getLinks())
        .singleElement()
        .satisfies(
            link -> assertThat(link.getSpanContext()).isEqualTo(leader.span().getSpanContext()));
    assertThat(ended.getTraceId()).isNotEqualTo(leader.span().getSpanContext().getTraceId());
  }

  @Test
  void waitsFor_whatIsNotTraced_linksToNothing() {
    OtelTrace waiter = trace("waiter");
    waiter.waitsFor(Trace.NONE);
    waiter.end(null);

    assertThat(exporter.getFinishedSpanItems().getFirst().getLinks()).isEmpty();
  }
}
