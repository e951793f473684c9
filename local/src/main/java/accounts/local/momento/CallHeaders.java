package accounts.local.momento;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;

/** What a call says in its headers rather than in its message: the cache, and the read concern. */
record CallHeaders(String cache, ReadConcern concern) {

  private static final Context.Key<CallHeaders> KEY = Context.key("momento-headers");
  private static final Metadata.Key<String> CACHE = header("cache");
  private static final Metadata.Key<String> READ_CONCERN = header("read-concern");

  /** Returns those of the call that this thread serves. */
  static CallHeaders current() {
    return KEY.get();
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static CallHeaders read(Metadata headers) {
    @Nullable String cache = headers.get(CACHE);
    return new CallHeaders(
        cache == null ? "" : cache, ReadConcern.parse(headers.get(READ_CONCERN)));
  }

  /** Puts the headers where {@link #current()} finds them. */
  static final class Interceptor implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Context context = Context.current().withValue(KEY, read(headers));
      return Contexts.interceptCall(context, call, headers, next);
    }
  }
}
