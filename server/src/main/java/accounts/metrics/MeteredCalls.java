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
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts and times gRPC calls. Only calls of existing methods arrive here, so the number of labels
 * is bounded.
 */
final class MeteredCalls implements ServerInterceptor {

  private static final double NANOS = 1e9;
  private static final double[] SECONDS = {
    0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final Counter ends;
  private final Histogram durations;

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
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    End end = new End(call.getMethodDescriptor(), Span.current().getSpanContext());
    ServerCall<Q, S> counted =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            end.count(status.getCode());
            super.close(status, trailers);
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(counted, headers)) {
      @Override
      public void onCancel() {
        end.count(Status.Code.CANCELLED);
        super.onCancel();
      }
    };
  }

  /** The end of a call, which may be both closed and cancelled but is counted once. */
  private final class End {

    private final String method;
    private final boolean isTimed;
    private final SpanContext span;
    private final long began = System.nanoTime();
    private final AtomicBoolean counted = new AtomicBoolean();

    /** A stream lasts until somebody ends it, which says nothing about the service. */
    End(MethodDescriptor<?, ?> method, SpanContext span) {
      this.method = method.getFullMethodName();
      this.isTimed = method.getType().serverSendsOneMessage();
      this.span = span;
    }

    void count(Status.Code code) {
      if (counted.compareAndSet(false, true)) {
        ends.labelValues(method, code.name()).inc();
        if (isTimed) {
          observe((System.nanoTime() - began) / NANOS);
        }
      }
    }

    /** A call that is traced is an example of those that took about as long. */
    private void observe(double seconds) {
      DistributionDataPoint point = durations.labelValues(method);
      if (span.isSampled()) {
        point.observeWithExemplar(
            seconds, Labels.of("trace_id", span.getTraceId(), "span_id", span.getSpanId()));
      } else {
        point.observe(seconds);
      }
    }
  }
}
