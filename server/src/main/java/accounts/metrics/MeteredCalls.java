package accounts.metrics;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of calls that every gRPC server has, by the names, labels and buckets of gRFC A66.
 * gRPC's own module records them, too, but looks its labels up for each call and has no exemplars
 * (ADR 32).
 *
 * <p>Only methods of this server have a series of their own, so the number of labels, and of what
 * is kept for each, is bounded.
 */
final class MeteredCalls extends ServerStreamTracer.Factory {

  private static final double NANOS = 1e9;

  // gRFC A66, "Latency buckets".
  private static final double[] SECONDS = {
    0, 0.00001, 0.00005, 0.0001, 0.0003, 0.0006, 0.0008, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006,
    0.008, 0.01, 0.013, 0.016, 0.02, 0.025, 0.03, 0.04, 0.05, 0.065, 0.08, 0.1, 0.13, 0.16, 0.2,
    0.25, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 2, 5, 10, 20, 50, 100
  };

  /** What gRFC A66 calls methods that the server does not have. */
  private static final String UNKNOWN = "other";

  private static final Context.Key<MeteredCall> CALL = Context.key("accounts-metered-call");

  private final boolean traced;
  private final Counter starts;
  private final Histogram durations;
  private final Map<String, Calls> methods = new ConcurrentHashMap<>();

  /**
   * @param traced whether calls may have spans, which are then examples of how long calls take
   */
  MeteredCalls(PrometheusRegistry registry, boolean traced) {
    this.traced = traced;
    this.starts =
        Events.counter(registry, "grpc_server_call_started", "Calls that began.", "grpc_method");
    Histogram.Builder histogram =
        Histogram.builder()
            .name("grpc_server_call_duration_seconds")
            .help("Duration of calls, from their headers to the end of their stream.")
            .labelNames("grpc_method", "grpc_status")
            .classicOnly()
            .classicUpperBounds(SECONDS);
    this.durations = (traced ? histogram : histogram.withoutExemplars()).register(registry);
  }

  /** Returns what hands the span of each call, which must be current, to the call's metrics. */
  static ServerInterceptor examples() {
    return new ServerInterceptor() {
      @Override
      public <Q, S> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        MeteredCall metered = CALL.get();
        if (metered != null) {
          metered.span = Span.current().getSpanContext();
        }
        return next.startCall(call, headers);
      }
    };
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    return new MeteredCall();
  }

  private Calls callsOf(String method) {
    Calls known = methods.get(method);
    return known != null ? known : methods.computeIfAbsent(method, Calls::new);
  }

  /** The calls of a method. Most end well: their series is not looked up for each. */
  private final class Calls {

    private final String method;
    private final CounterDataPoint started;
    private final DistributionDataPoint ok;

    Calls(String method) {
      this.method = method;
      this.started = starts.labelValues(method);
      this.ok = durations.labelValues(method, Status.Code.OK.name());
    }

    DistributionDataPoint endedWith(Status.Code code) {
      return code == Status.Code.OK ? ok : durations.labelValues(method, code.name());
    }
  }

  /** A call, whose stream is closed exactly once. */
  private final class MeteredCall extends ServerStreamTracer {

    private final long began = System.nanoTime();
    private volatile @Nullable Calls calls;
    private volatile @Nullable SpanContext span;

    @Override
    public Context filterContext(Context context) {
      return traced ? context.withValue(CALL, this) : context;
    }

    @Override
    public void serverCallStarted(ServerCallInfo<?, ?> call) {
      Calls known = callsOf(call.getMethodDescriptor().getFullMethodName());
      known.started.inc();
      calls = known;
    }

    @Override
    public void streamClosed(Status status) {
      Calls known = calls;
      DistributionDataPoint ended =
          known != null
              ? known.endedWith(status.getCode())
              : durations.labelValues(UNKNOWN, status.getCode().name());
      double seconds = (System.nanoTime() - began) / NANOS;
      SpanContext example = span;
      if (example != null && example.isSampled()) {
        ended.observeWithExemplar(
            seconds, Labels.of("trace_id", example.getTraceId(), "span_id", example.getSpanId()));
      } else {
        ended.observe(seconds);
      }
    }
  }
}
