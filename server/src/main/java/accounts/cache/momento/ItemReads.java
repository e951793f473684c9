package accounts.cache.momento;

import com.google.protobuf.ByteString;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client.ScsGrpc.ScsStub;
import grpc.cache_client._GetBatchRequest;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import io.grpc.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Reads of items over one connection, whose answers complete on its event loop. The caller bounds
 * the time that they take. Safe for use by several threads.
 */
final class ItemReads {

  private final EventLoop loop;
  private final ScsStub stub;

  /**
   * @param loop of the channel; both stay the caller's
   */
  ItemReads(EventLoop loop, Channel channel) {
    this.loop = loop;
    this.stub = ScsGrpc.newStub(channel);
  }

  /** Returns whether the current thread is the one that reads the answers. */
  boolean isCurrent() {
    return loop.inEventLoop();
  }

  /** Reads an item. */
  CompletableFuture<_GetResponse> get(ByteString key) {
    CallAnswer<_GetRequest, _GetResponse, _GetResponse> answer = CallAnswer.first();
    stub.get(request(key), answer);
    return answer;
  }

  /**
   * Reads several items in one call.
   *
   * @return an answer for each key, in their order
   */
  CompletableFuture<List<_GetResponse>> getAll(List<ByteString> keys) {
    _GetBatchRequest.Builder request = _GetBatchRequest.newBuilder();
    keys.forEach(key -> request.addItems(request(key)));
    CallAnswer<_GetBatchRequest, _GetResponse, List<_GetResponse>> answer =
        CallAnswer.all(keys.size());
    stub.getBatch(request.build(), answer);
    return answer;
  }

  private static _GetRequest request(ByteString key) {
    return _GetRequest.newBuilder().setCacheKey(key).build();
  }

  /**
   * Runs a task when the answers that have arrived by now have been read: a busy event loop runs
   * its tasks first, and reads only then. If the loop has ended, runs it at once.
   */
  void afterReading(Runnable task) {
    try {
      loop.execute(() -> afterNextPass(task));
    } catch (RejectedExecutionException ended) {
      task.run();
    }
  }

  private void afterNextPass(Runnable task) {
    var unused = loop.schedule(task, 0, TimeUnit.NANOSECONDS);
  }
}
