package accounts.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Samples the calls of callers, and none of gRPC's own services: probes ask for the health of each
 * instance every few seconds, for ever.
 */
record CallersSampler(Sampler delegate) implements Sampler {

  /** gRPC names the span of a call at the server by its method, with dots. */
  private static final List<String> LEFT_OUT =
      List.of("Recv.grpc.health.", "Recv.grpc.reflection.");

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    return LEFT_OUT.stream().anyMatch(name::startsWith)
        ? SamplingResult.drop()
        : delegate.shouldSample(parent, traceId, name, kind, attributes, links);
  }

  @Override
  public String getDescription() {
    return "Callers{" + delegate.getDescription() + "}";
  }
}
