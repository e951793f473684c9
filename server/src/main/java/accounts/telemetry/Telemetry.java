package accounts.telemetry;

import accounts.async.Futures;
import accounts.async.Trace;
import accounts.cache.CellCache;
import accounts.store.AccountStore;
import io.grpc.ServerBuilder;
import io.grpc.opentelemetry.GrpcOpenTelemetry;
import io.grpc.opentelemetry.InternalGrpcOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * OpenTelemetry in the server: traces, and gRPC's metrics for a collector that takes no others, if
 * the environment asks for them. Otherwise no call has a trace, and nothing of this is in its way.
 */
public final class Telemetry implements AutoCloseable {

  /** How long it may take to export what has not been exported yet. */
  private static final long CLOSE_SECONDS = 2;

  private final OpenTelemetrySdk sdk;
  private final boolean traces;
  private final boolean metrics;
  private final Tracer tracer;

  private Telemetry(OpenTelemetrySdk sdk, boolean traces, boolean metrics) {
    this.sdk = sdk;
    this.traces = traces;
    this.metrics = metrics;
    this.tracer = sdk.getTracer("accounts");
  }

  /**
   * Sets OpenTelemetry up; the caller closes it.
   *
   * @param environment the process's own, which the SDK reads again by itself
   * @throws IllegalArgumentException if a variable is wrong; the message says which
   */
  public static Telemetry start(Map<String, String> environment) {
    Exporters exporters = Exporters.of(environment);
    boolean traces = exporters.exportsTraces();
    boolean metrics = exporters.exportsMetrics();
    // Autoconfiguration takes a while, which a server without exporters need not wait for.
    return new Telemetry(
        traces || metrics ? autoconfigured(exporters) : OpenTelemetrySdk.builder().build(),
        traces,
        metrics);
  }

  /** As {@link #start}, with traces by an SDK that is set up already. */
  public static Telemetry tracing(OpenTelemetrySdk sdk) {
    return new Telemetry(sdk, true, false);
  }

  /** Returns a sampler that leaves out calls that nobody wants to see: of health and reflection. */
  public static Sampler ofCallers(Sampler sampler) {
    return new CallersSampler(sampler);
  }

  /** Returns an exporter that leaves out of spans what may name somebody. */
  public static SpanExporter nameless(SpanExporter exporter) {
    return new NamelessSpans(exporter);
  }

  private static OpenTelemetrySdk autoconfigured(Exporters exporters) {
    try {
      return AutoConfiguredOpenTelemetrySdk.builder()
          .disableShutdownHook()
          .addPropertiesSupplier(() -> defaults(exporters))
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

  /** Returns whether calls may have spans. */
  public boolean traces() {
    return traces;
  }

  /** Lets gRPC's own instrumentation observe a server. */
  public void observe(ServerBuilder<?> server) {
    if (!traces && !metrics) {
      return;
    }
    GrpcOpenTelemetry.Builder grpc = GrpcOpenTelemetry.newBuilder().sdk(sdk);
    if (!metrics) {
      grpc.disableAllMetrics();
    }
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
