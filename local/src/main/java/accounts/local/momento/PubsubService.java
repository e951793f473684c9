package accounts.local.momento;

import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._PublishRequest;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicValue;
import grpc.common._Empty;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The service for topics: publish and subscribe. */
final class PubsubService extends PubsubGrpc.PubsubImplBase {

  private static final Duration BEFORE_DEADLINE = Duration.ofMillis(250);

  private final Caches caches;
  private final Topics topics;
  private final DelayedTasks timer;

  PubsubService(Caches caches, Topics topics, DelayedTasks timer) {
    this.caches = caches;
    this.topics = topics;
    this.timer = timer;
  }

  @Override
  public void publish(_PublishRequest request, StreamObserver<_Empty> caller) {
    Answer.one(caller, () -> publish(request));
  }

  private _Empty publish(_PublishRequest request) {
    caches.requireCache(request.getCacheName());
    Limits.topicMessage(size(request.getValue()));
    topics.publish(request.getCacheName(), request.getTopic(), request.getValue());
    return _Empty.getDefaultInstance();
  }

  private static int size(_TopicValue value) {
    return switch (value.getKindCase()) {
      case TEXT -> value.getTextBytes().size();
      case BINARY -> value.getBinary().size();
      case KIND_NOT_SET -> throw Refusals.invalidArgument("A message needs a value");
    };
  }

  @Override
  public void subscribe(_SubscriptionRequest request, StreamObserver<_SubscriptionItem> caller) {
    try {
      caches.requireCache(request.getCacheName());
      ServerCallStreamObserver<_SubscriptionItem> stream =
          (ServerCallStreamObserver<_SubscriptionItem>) caller;
      topics.subscribe(request, topic -> subscriber(topic, stream));
    } catch (StatusRuntimeException refusal) {
      caller.onError(refusal);
    }
  }

  private Subscriber subscriber(Topic topic, ServerCallStreamObserver<_SubscriptionItem> stream) {
    Subscriber subscriber = new Subscriber(stream);
    Runnable cancelTimer = beforeDeadline(() -> topic.end(subscriber, Refusals.deadlineExceeded()));
    stream.setOnReadyHandler(() -> topic.flush(subscriber));
    stream.setOnCloseHandler(cancelTimer);
    stream.setOnCancelHandler(() -> {
      cancelTimer.run();
      topic.unsubscribe(subscriber);
    });
    return subscriber;
  }

  /**
   * Runs a task just before the call's deadline, if it has one. At the deadline grpc-java would end
   * the call with a reset, which some clients report as CANCELLED.
   *
   * @return cancels the task
   */
  private Runnable beforeDeadline(Runnable task) {
    @Nullable Deadline deadline = Context.current().getDeadline();
    if (deadline == null) {
      return () -> {};
    }
    Duration left = Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
    Duration lead = left.dividedBy(10);
    return timer.unlessCancelled(
        left.minus(lead.compareTo(BEFORE_DEADLINE) < 0 ? lead : BEFORE_DEADLINE), task);
  }
}
