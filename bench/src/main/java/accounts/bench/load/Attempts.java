package accounts.bench.load;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the attempts that a client makes for its calls: how many are retries, and which address
 * each goes to. Safe for any thread.
 */
final class Attempts extends ClientStreamTracer.Factory implements ClientInterceptor {

  private final LongAdder retries = new LongAdder();
  private final Map<String, LongAdder> byAddress = new ConcurrentHashMap<>();

  @Override
  public <Q, S> ClientCall<Q, S> interceptCall(
      MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
    return next.newCall(method, options.withStreamTracerFactory(this));
  }

  @Override
  public ClientStreamTracer newClientStreamTracer(
      ClientStreamTracer.StreamInfo info, Metadata headers) {
    if (info.getPreviousAttempts() > 0 || info.isTransparentRetry()) {
      retries.increment();
    }
    return new ClientStreamTracer() {
      @Override
      public void streamCreated(Attributes transport, Metadata sent) {
        String address = String.valueOf(transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        byAddress
            .computeIfAbsent(address.replaceFirst("^.*/", ""), a -> new LongAdder())
            .increment();
      }
    };
  }

  /** Returns how many attempts were not the first of their call. */
  long retries() {
    return retries.sum();
  }

  /** Returns the attempts so far by address, {@code host:port}. */
  Map<String, Long> byAddress() {
    Map<String, Long> counts = new TreeMap<>();
    byAddress.forEach((address, count) -> counts.put(address, count.sum()));
    return counts;
  }
}
