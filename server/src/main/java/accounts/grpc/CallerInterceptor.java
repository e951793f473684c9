package accounts.grpc;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.async.Trace;
import accounts.identity.Authenticator;
import accounts.identity.Caller;
import accounts.identity.Credentials;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates the caller of each call before its message is read. Where that has to wait for an
 * issuer's keys, the call goes on, and {@link Calls} awaits the caller before it parses anything.
 */
final class CallerInterceptor implements ServerInterceptor {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "bearer ";
  private static final String SPIFFE = "spiffe://";

  /** The type of URIs among subject alternative names, by RFC 5280. */
  private static final int URI_NAME = 6;

  private final Authenticator authenticator;
  private final Failures failures;
  private final Duration longestCall;
  private final Supplier<Trace> traces;

  /**
   * @param longestCall the deadline of calls that have none, or a later one
   * @param traces returns the trace of the call that the current thread is handed
   */
  CallerInterceptor(
      Authenticator authenticator,
      Failures failures,
      Duration longestCall,
      Supplier<Trace> traces) {
    this.authenticator = authenticator;
    this.failures = failures;
    this.longestCall = longestCall;
    this.traces = traces;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    CallScope scope = CallScope.of(timeout(), traces.get());
    CompletableFuture<Caller> caller =
        authenticator.authenticate(new ShownBy(call, headers), scope);
    if (caller.isCompletedExceptionally()) {
      StatusRuntimeException status =
          failures.status(Futures.cause(caller.exceptionNow()), false, scope.trace());
      call.close(
          status.getStatus(), Objects.requireNonNullElseGet(status.getTrailers(), Metadata::new));
      return new ServerCall.Listener<>() {};
    }
    Arrival arrival = new Arrival(caller, Connections.of(call.getAttributes()), scope);
    Context context = arrival.inContext();
    Context before = context.attach();
    try {
      return new Handled<>(next.startCall(call, headers), context);
    } finally {
      context.detach(before);
    }
  }

  /**
   * Shows a handler the call's context, once: it begins when the caller has sent all it sends, and
   * asks for it then. {@link io.grpc.Contexts} would change the context at each event of the call.
   */
  private static final class Handled<Q> extends SimpleForwardingServerCallListener<Q> {

    private final Context context;

    Handled(ServerCall.Listener<Q> handler, Context context) {
      super(handler);
      this.context = context;
    }

    @Override
    public void onHalfClose() {
      Context before = context.attach();
      try {
        super.onHalfClose();
      } finally {
        context.detach(before);
      }
    }
  }

  private Duration timeout() {
    Deadline deadline = Context.current().getDeadline();
    if (deadline == null) {
      return longestCall;
    }
    long remaining = Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS));
    return remaining < longestCall.toNanos() ? Duration.ofNanos(remaining) : longestCall;
  }

  /** What a call's headers and its connection show. */
  private record ShownBy(ServerCall<?, ?> call, Metadata headers) implements Credentials {

    @Override
    public Optional<String> token() {
      return Optional.ofNullable(headers.get(AUTHORIZATION))
          .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
          .map(value -> value.substring(BEARER.length()).strip());
    }

    @Override
    public Optional<String> spiffeId() {
      @Nullable SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
      if (session == null) {
        return Optional.empty();
      }
      try {
        Certificate[] chain = session.getPeerCertificates();
        return chain.length > 0 && chain[0] instanceof X509Certificate certificate
            ? spiffeId(certificate)
            : Optional.empty();
      } catch (SSLPeerUnverifiedException e) { // it has shown none
        return Optional.empty();
      }
    }

    /** By the SPIFFE standard a certificate has exactly one URI. */
    private static Optional<String> spiffeId(X509Certificate certificate) {
      try {
        @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
          return Optional.empty();
        }
        List<String> uris =
            names.stream()
                .filter(name -> name.getFirst().equals(URI_NAME))
                .map(name -> name.get(1).toString())
                .toList();
        return uris.size() == 1 && uris.getFirst().startsWith(SPIFFE)
            ? Optional.of(uris.getFirst())
            : Optional.empty();
      } catch (CertificateParsingException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return "what a call of %s shows".formatted(call.getMethodDescriptor().getFullMethodName());
    }
  }
}
