package accounts.local.momento;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Carries to the handlers what a call says in a header rather than in its message: the cache. */
final class CallHeaders implements ServerInterceptor {

  private static final Context.Key<String> KEY = Context.key("momento-cache");
  private static final Metadata.Key<String> CACHE =
      Metadata.Key.of("cache", Metadata.ASCII_STRING_MARSHALLER);

  /** Returns the cache that the call names which this thread serves; empty if it names none. */
  static String cache() {
    return KEY.get();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String cache = headers.get(CACHE);
    Context context = Context.current().withValue(KEY, cache == null ? "" : cache);
    return Contexts.interceptCall(context, call, headers, next);
  }
}
