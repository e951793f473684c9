package accounts.local;

import grpc.cache_client._GetBatchRequest;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls and their items by method, before any fault is applied. */
final class CallCounts implements ServerInterceptor {

  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> items = new ConcurrentHashMap<>();

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String rpc = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    add(calls, rpc, 1);
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q request) {
        add(items, rpc, itemsOf(request));
        super.onMessage(request);
      }
    };
  }

  private static void add(Map<String, LongAdder> counts, String rpc, long count) {
    counts.computeIfAbsent(rpc, ignored -> new LongAdder()).add(count);
  }

  /** Every item of a batch counts, as on Momento's bill. */
  private static long itemsOf(Object request) {
    return request instanceof _GetBatchRequest batch ? batch.getItemsCount() : 1;
  }

  Map<String, Long> byRpc() {
    return sums(calls);
  }

  Map<String, Long> itemsByRpc() {
    return sums(items);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((rpc, count) -> sums.put(rpc, count.sum()));
    return sums;
  }
}
