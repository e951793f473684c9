package accounts.server;

import accounts.telemetry.Telemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;

/** The parts of a server whose spans a test reads. */
final class TracedParts extends TestParts {

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

  @Override
  Telemetry telemetry() {
    return Telemetry.tracing(
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .setSampler(Telemetry.ofCallers(Sampler.parentBased(Sampler.alwaysOn())))
                    .addSpanProcessor(SimpleSpanProcessor.create(Telemetry.nameless(exporter)))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build());
  }

  List<SpanData> spans() {
    return exporter.getFinishedSpanItems();
  }
}
