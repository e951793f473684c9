package accounts.local.momento;

import grpc.cache_client.pubsub._Discontinuity;
import grpc.cache_client.pubsub._Heartbeat;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._TopicItem;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;

/**
 * The stream to one who listens. One who does not keep up misses messages, and is told so when
 * there is room again: nothing is queued for it. Used under its topic's lock alone.
 */
final class Subscriber {

  private static final _SubscriptionItem HEARTBEAT =
      _SubscriptionItem.newBuilder().setHeartbeat(_Heartbeat.getDefaultInstance()).build();

  private final ServerCallStreamObserver<_SubscriptionItem> stream;
  private long last;
  private boolean missed;

  Subscriber(ServerCallStreamObserver<_SubscriptionItem> stream) {
    this.stream = stream;
  }

  void send(_TopicItem item) {
    if (!stream.isReady()) {
      missed = true;
      return;
    }
    if (missed) {
      discontinuity(last, item.getTopicSequenceNumber(), item.getSequencePage());
      missed = false;
    }
    replay(item);
  }

  /** Sends what is kept, room or not: it is little. */
  void replay(_TopicItem item) {
    last = item.getTopicSequenceNumber();
    stream.onNext(_SubscriptionItem.newBuilder().setItem(item).build());
  }

  void discontinuity(long lastSequence, long newSequence, long page) {
    stream.onNext(
        _SubscriptionItem.newBuilder()
            .setDiscontinuity(
                _Discontinuity.newBuilder()
                    .setLastTopicSequence(lastSequence)
                    .setNewTopicSequence(newSequence)
                    .setNewSequencePage(page))
            .build());
  }

  /** Sends the heartbeat that begins each stream, and by which SDKs know that it stands. */
  void greet() {
    stream.onNext(HEARTBEAT);
  }

  void heartbeat() {
    if (stream.isReady()) {
      stream.onNext(HEARTBEAT);
    }
  }

  void end(StatusRuntimeException reason) {
    stream.onError(reason);
  }
}
