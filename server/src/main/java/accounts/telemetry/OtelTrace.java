package accounts.telemetry;

import accounts.async.Futures;
import accounts.async.Trace;
import accounts.domain.AccountException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in a trace of OpenTelemetry: a span, and the tracer that makes its children. */
record OtelTrace(Tracer tracer, Span span) implements Trace {

  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  /**
   * Returns the place that gRPC has made the current one of this thread, while it hands over a
   * call; none if that call is not sampled.
   */
  static Trace current(Tracer tracer) {
    Span span = Span.current();
    return span.isRecording() ? new OtelTrace(tracer, span) : NONE;
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public Trace step(String name) {
    return child(name, SpanKind.INTERNAL);
  }

  @Override
  public Trace call(String name) {
    return child(name, SpanKind.CLIENT);
  }

  private Trace child(String name, SpanKind kind) {
    Context parent = Context.root().with(span);
    return new OtelTrace(
        tracer, tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan());
  }

  @Override
  public void note(String key, String value) {
    span.setAttribute(key, value);
  }

  @Override
  public void note(String key, long value) {
    span.setAttribute(key, value);
  }

  /** By a link, which leads from the one trace to the other. */
  @Override
  public void waitsFor(Trace other) {
    if (other instanceof OtelTrace traced) {
      span.addLink(traced.span().getSpanContext());
    }
  }

  /** The failure's kind is recorded; its message may name somebody. */
  @Override
  public void end(@Nullable Throwable failure) {
    if (failure != null) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(ERROR_TYPE, kind(Futures.cause(failure)));
    }
    span.end();
  }

  private static String kind(Throwable cause) {
    Object kind = cause instanceof AccountException account ? account.error() : cause;
    return kind.getClass().getSimpleName();
  }

  @Override
  public Map<String, String> ids() {
    return Map.of(
        "trace_id", span.getSpanContext().getTraceId(),
        "span_id", span.getSpanContext().getSpanId());
  }
}
