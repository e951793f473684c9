package accounts.local.momento;

import grpc.cache_client.pubsub._Discontinuity;
import grpc.cache_client.pubsub._Heartbeat;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._TopicItem;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The stream to one subscriber. Messages are queued while the connection is not ready. When the
 * queue is full, messages are dropped until all of it has been sent; a discontinuity then reports
 * to the subscriber which ones it missed. Used only under its topic's lock.
 */
final class Subscriber {

  private static final _SubscriptionItem HEARTBEAT =
      _SubscriptionItem.newBuilder().setHeartbeat(_Heartbeat.getDefaultInstance()).build();

  private final ServerCallStreamObserver<_SubscriptionItem> stream;
  private final Queue<_SubscriptionItem> queue = new ArrayDeque<>();
  private long queuedBytes;
  private long lastQueued;
  private @Nullable _TopicItem lastDropped;

  Subscriber(ServerCallStreamObserver<_SubscriptionItem> stream) {
    this.stream = stream;
  }

  void send(_TopicItem item) {
    if (lastDropped != null || queuedBytes + item.getSerializedSize() > Limits.QUEUE_BYTES) {
      lastDropped = item;
      return;
    }
    lastQueued = item.getTopicSequenceNumber();
    enqueue(_SubscriptionItem.newBuilder().setItem(item).build());
  }

  /**
   * Sends a discontinuity: messages are missing.
   *
   * @param lastSequence the number of the last message before the gap
   * @param newSequence the number of the last message in the gap: the SDKs expect the next message
   *     to have a greater number, and after a broken connection resume after this one
   */
  void discontinuity(long lastSequence, long newSequence, long page) {
    enqueue(
        _SubscriptionItem.newBuilder()
            .setDiscontinuity(
                _Discontinuity.newBuilder()
                    .setLastTopicSequence(lastSequence)
                    .setNewTopicSequence(newSequence)
                    .setNewSequencePage(page))
            .build());
  }

  /** Sends the heartbeat that starts each stream, by which SDKs know that it is accepted. */
  void greet() {
    enqueue(HEARTBEAT);
  }

  void heartbeat() {
    if (queue.isEmpty() && stream.isReady()) {
      stream.onNext(HEARTBEAT);
    }
  }

  private void enqueue(_SubscriptionItem item) {
    queue.add(item);
    queuedBytes += item.getSerializedSize();
    flush();
  }

  /** Sends queued messages while the connection is ready. */
  void flush() {
    while (!queue.isEmpty() && stream.isReady()) {
      _SubscriptionItem item = queue.remove();
      queuedBytes -= item.getSerializedSize();
      stream.onNext(item);
    }
    if (queue.isEmpty() && lastDropped != null) {
      announceGap(lastDropped);
    }
  }

  private void announceGap(_TopicItem item) {
    lastDropped = null;
    discontinuity(lastQueued, item.getTopicSequenceNumber(), item.getSequencePage());
    lastQueued = item.getTopicSequenceNumber();
  }

  /** Returns whether the stream was cancelled or its connection is broken. */
  boolean gone() {
    return stream.isCancelled();
  }

  void end(StatusRuntimeException reason) {
    queue.clear();
    stream.onError(reason);
  }
}
