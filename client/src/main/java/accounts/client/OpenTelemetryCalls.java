package accounts.client;

import io.grpc.ManagedChannelBuilder;
import io.grpc.opentelemetry.GrpcOpenTelemetry;
import io.grpc.opentelemetry.InternalGrpcOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;

/** Reports a channel's calls to OpenTelemetry, by gRPC's own instrumentation. */
final class OpenTelemetryCalls {

  private OpenTelemetryCalls() {}

  static void report(ManagedChannelBuilder<?> channel, OpenTelemetry openTelemetry) {
    GrpcOpenTelemetry.Builder grpc = GrpcOpenTelemetry.newBuilder().sdk(openTelemetry);
    // gRPC has no public method for it yet (gRFC A72).
    InternalGrpcOpenTelemetry.enableTracing(grpc, true);
    grpc.build().configureChannelBuilder(channel);
  }
}
