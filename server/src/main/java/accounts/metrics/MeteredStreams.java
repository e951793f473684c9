package accounts.metrics;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Counts streams that broke off: reset by the caller or by a deadline, or lost with their
 * connection, be it while a request was received or while a response was sent. gRPC would log many
 * of them with a stack trace, and any caller can cause thousands a second.
 */
final class MeteredStreams extends ServerStreamTracer.Factory {

  private final Counter brokenOff;

  MeteredStreams(PrometheusRegistry registry) {
    this.brokenOff =
        Events.counter(
            registry,
            "accounts_grpc_streams_broken_off",
            "Streams that were reset, or lost with their connection, before their end.");
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    return new ServerStreamTracer() {
      @Override
      public void streamClosed(Status status) {
        if (!status.isOk()) {
          brokenOff.inc();
        }
      }
    };
  }
}
