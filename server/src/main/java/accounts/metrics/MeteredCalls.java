package accounts.metrics;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
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
 * Counts and times gRPC calls, and counts those whose stream broke off: was reset by the caller or
 * by a deadline, or lost with its connection, be it while a request was received or while a
 * response was sent.
 *
 * <p>Only calls of existing methods arrive here, so the number of labels, and of what is kept for
 * each method, is bounded.
 */
final class MeteredCalls implements ServerInterceptor {

  private static final double NANOS = 1e9;
  private static final double[] SECONDS = {
    0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final Counter ends;
  private final Histogram durations;
  private final Counter brokenOff;
  private final Map<String, Calls> methods = new ConcurrentHashMap<>();

  MeteredCalls(PrometheusRegistry registry) {
    this.ends =
        Events.counter(
            registry, "accounts_grpc_calls", "Calls by method and status.", "method", "code");
    this.durations =
        Histogram.builder()
            .name("accounts_grpc_call_duration_seconds")
            .help("Duration of calls, from the request's headers to the status.")
            .labelNames("method")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    this.brokenOff =
        Events.counter(
            registry,
            "accounts_grpc_streams_broken_off",
            "Streams that were reset, or lost with their connection, before their end.");
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    MethodDescriptor<Q, S> method = call.getMethodDescriptor();
    MeteredCall<Q, S> metered =
        new MeteredCall<>(call, callsOf(method), Span.current().getSpanContext());
    return new SimpleForwardingServerCallListener<>(next.startCall(metered, headers)) {
      @Override
      public void onCancel() {
        brokenOff.inc();
        metered.count(Status.Code.CANCELLED);
        super.onCancel();
      }
    };
  }

  private Calls callsOf(MethodDescriptor<?, ?> method) {
    Calls known = methods.get(method.getFullMethodName());
    return known != null
        ? known
        : methods.computeIfAbsent(method.getFullMethodName(), name -> new Calls(method));
  }

  /** The calls of a method. Most end well: that counter is not looked up for each. */
  private final class Calls {

    private final String method;
    private final CounterDataPoint ok;
    private final @Nullable DistributionDataPoint duration;

    /** A stream lasts until somebody ends it, which says nothing about the service. */
    Calls(MethodDescriptor<?, ?> method) {
      this.method = method.getFullMethodName();
      this.ok = ends.labelValues(this.method, Status.Code.OK.name());
      this.duration =
          method.getType().serverSendsOneMessage() ? durations.labelValues(this.method) : null;
    }

    void count(Status.Code code) {
      (code == Status.Code.OK ? ok : ends.labelValues(method, code.name())).inc();
    }

    /** A call that is traced is an example of those that took about as long. */
    void observe(double seconds, SpanContext span) {
      if (duration == null) {
        return;
      }
      if (span.isSampled()) {
        duration.observeWithExemplar(
            seconds, Labels.of("trace_id", span.getTraceId(), "span_id", span.getSpanId()));
      } else {
        duration.observe(seconds);
      }
    }
  }

  /** A call, which may be both closed and cancelled but is counted once. */
  private static final class MeteredCall<Q, S> extends SimpleForwardingServerCall<Q, S> {

    private final Calls calls;
    private final SpanContext span;
    private final long began = System.nanoTime();
    private boolean ended; // guarded by this

    MeteredCall(ServerCall<Q, S> call, Calls calls, SpanContext span) {
      super(call);
      this.calls = calls;
      this.span = span;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      count(status.getCode());
      super.close(status, trailers);
    }

    void count(Status.Code code) {
      if (isFirstEnd()) {
        calls.count(code);
        calls.observe((System.nanoTime() - began) / NANOS, span);
      }
    }

    private synchronized boolean isFirstEnd() {
      boolean first = !ended;
      ended = true;
      return first;
    }
  }
}
