package accounts.local.faults;

import accounts.local.momento.ReplicaLag;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;

/** The fault {@code lag}: a lagging replica answers, unless the caller wants a consistent read. */
record Lagging(Duration lag) implements ServerInterceptor {

  private static final Metadata.Key<String> READ_CONCERN =
      Metadata.Key.of("read-concern", Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if ("consistent".equalsIgnoreCase(headers.get(READ_CONCERN))) {
      return next.startCall(call, headers);
    }
    return Contexts.interceptCall(ReplicaLag.with(Context.current(), lag), call, headers, next);
  }
}
