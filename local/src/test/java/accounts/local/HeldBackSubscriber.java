package accounts.local;

import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._SubscriptionRequest;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A subscriber that receives messages only when the test requests them. */
final class HeldBackSubscriber
    implements ClientResponseObserver<_SubscriptionRequest, _SubscriptionItem> {

  private final BlockingQueue<_SubscriptionItem> items = new LinkedBlockingQueue<>();
  private @Nullable ClientCallStreamObserver<_SubscriptionRequest> call;

  @Override
  public void beforeStart(ClientCallStreamObserver<_SubscriptionRequest> stream) {
    stream.disableAutoRequestWithInitial(0);
    call = stream;
  }

  void request(int count) {
    ClientCallStreamObserver<_SubscriptionRequest> started = call;
    if (started == null) {
      throw new AssertionError("not subscribed");
    }
    started.request(count);
  }

  /** Returns the next item; fails if there is none within ten seconds. */
  _SubscriptionItem next() {
    try {
      _SubscriptionItem item = items.poll(10, TimeUnit.SECONDS);
      if (item == null) {
        throw new AssertionError("no item within 10 s");
      }
      return item;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the next item that is not a heartbeat. */
  _SubscriptionItem nextItem() {
    _SubscriptionItem item = next();
    while (item.hasHeartbeat()) {
      item = next();
    }
    return item;
  }

  @Override
  public void onNext(_SubscriptionItem item) {
    items.add(item);
  }

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onCompleted() {}
}
