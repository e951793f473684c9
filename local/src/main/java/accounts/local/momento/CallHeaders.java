package accounts.local.momento;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Passes the cache name to handlers, which calls send in a header instead of in the message. */
final class CallHeaders implements ServerInterceptor {

  private static final Context.Key<String> KEY = Context.key("momento-cache");
  private static final Metadata.Key<String> CACHE =
      Metadata.Key.of("cache", Metadata.ASCII_STRING_MARSHALLER);

  /** Returns the cache name of the call that this thread handles; empty if it has none. */
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
