package accounts.telemetry;

import accounts.async.Futures;
import accounts.async.Trace;
import accounts.cache.CellCache;
import accounts.store.AccountStore;
import io.grpc.ServerBuilder;
import io.grpc.opentelemetry.GrpcOpenTelemetry;
import io.grpc.opentelemetry.InternalGrpcOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * OpenTelemetry in the server: gRPC's own metrics, which the admin port serves with all others, and
 * traces, if the environment asks for them. Otherwise no call has a trace, and no decorator is in
 * its way.
 */
public final class Telemetry implements AutoCloseable {

  /**
   * Thousands of series that nobody asks for: messages have limits, and traces show their sizes.
   */
  private static final List<String> SIZES =
      List.of(
          "grpc.server.call.rcvd_total_compressed_message_size",
          "grpc.server.call.sent_total_compressed_message_size");

  /** How long it may take to export what has not been exported yet. */
  private static final long CLOSE_SECONDS = 2;

  private final OpenTelemetrySdk sdk;
  private final boolean traces;
  private final Tracer tracer;

  private Telemetry(OpenTelemetrySdk sdk, boolean traces) {
    this.sdk = sdk;
    this.traces = traces;
    this.tracer = sdk.getTracer("accounts");
  }

  /**
   * Sets OpenTelemetry up; the caller closes it.
   *
   * @param environment the process's own, which the SDK reads again by itself
   * @param registry where the metrics are to be found
   * @throws IllegalArgumentException if a variable is wrong; the message says which
   */
  public static Telemetry start(Map<String, String> environment, PrometheusRegistry registry) {
    Exporters exporters = Exporters.of(environment);
    MetricReader scraped = scrapedBy(registry);
    return new Telemetry(
        exporters.exportsAnything() ? autoconfigured(exporters, scraped) : scrapedAlone(scraped),
        exporters.exportsTraces());
  }

  private static MetricReader scrapedBy(PrometheusRegistry registry) {
    PrometheusMetricReader reader =
        PrometheusMetricReader.builder()
            .setOtelScopeLabelsEnabled(false)
            .setTargetInfoMetricEnabled(false)
            .build();
    registry.register(reader);
    return reader;
  }

  /** Autoconfiguration takes a while, which a server without exporters need not wait for. */
  private static OpenTelemetrySdk scrapedAlone(MetricReader scraped) {
    return OpenTelemetrySdk.builder()
        .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(scraped).build())
        .build();
  }

  /** As {@link #start}, with traces by an SDK that is set up already. */
  public static Telemetry tracing(OpenTelemetrySdk sdk) {
    return new Telemetry(sdk, true);
  }

  /** Returns a sampler that leaves out calls that nobody wants to see: of health and reflection. */
  public static Sampler ofCallers(Sampler sampler) {
    return new CallersSampler(sampler);
  }

  /** Returns an exporter that leaves out of spans what may name somebody. */
  public static SpanExporter nameless(SpanExporter exporter) {
    return new NamelessSpans(exporter);
  }

  private static OpenTelemetrySdk autoconfigured(Exporters exporters, MetricReader scraped) {
    try {
      return AutoConfiguredOpenTelemetrySdk.builder()
          .disableShutdownHook()
          .addPropertiesSupplier(() -> defaults(exporters))
          .addMeterProviderCustomizer((meters, config) -> meters.registerMetricReader(scraped))
          .addSamplerCustomizer((sampler, config) -> ofCallers(sampler))
          .addSpanExporterCustomizer((exporter, config) -> nameless(exporter))
          .build()
          .getOpenTelemetrySdk();
    } catch (ConfigurationException e) {
      throw new IllegalArgumentException(withoutSecrets(Futures.describe(e)), e);
    }
  }

  /** Variables win over these. */
  private static Map<String, String> defaults(Exporters exporters) {
    return Map.of(
        "otel.service.name", "accounts",
        "otel.traces.exporter", exporters.traces(),
        "otel.metrics.exporter", exporters.metrics(),
        "otel.logs.exporter", "none",
        "otel.exporter.otlp.protocol", "http/protobuf");
  }

  /** Headers hold keys of collectors. */
  private static String withoutSecrets(String message) {
    return message.contains("headers") ? message.replaceAll("=.*", "=***") : message;
  }

  /** Lets gRPC's own instrumentation observe a server. */
  public void observe(ServerBuilder<?> server) {
    GrpcOpenTelemetry.Builder grpc = GrpcOpenTelemetry.newBuilder().sdk(sdk).disableMetrics(SIZES);
    // gRPC has no public method for it yet (gRFC A72).
    InternalGrpcOpenTelemetry.enableTracing(grpc, traces);
    grpc.build().configureServerBuilder(server);
  }

  /** Returns what finds the trace of the call that gRPC hands to the current thread. */
  public Supplier<Trace> calls() {
    return traces ? () -> OtelTrace.current(tracer) : () -> Trace.NONE;
  }

  /** Returns the cache, with its calls in the traces of those that make them. */
  public CellCache traced(CellCache cache) {
    return traces ? new TracedCache(cache) : cache;
  }

  /** Returns the store, with its calls in the traces of those that make them. */
  public AccountStore traced(AccountStore store) {
    return traces ? new TracedStore(store) : store;
  }

  /** Exports what has not been exported, for a few seconds at most, and stops. */
  @Override
  public void close() {
    sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
