package accounts.local;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls by the names of their methods as they arrive, before any fault meets them. */
final class CallCounts implements ServerInterceptor {

  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String rpc = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    calls.computeIfAbsent(rpc, ignored -> new LongAdder()).increment();
    return next.startCall(call, headers);
  }

  Map<String, Long> byRpc() {
    Map<String, Long> counts = new TreeMap<>();
    calls.forEach((rpc, count) -> counts.put(rpc, count.sum()));
    return counts;
  }
}
