package accounts.local.momento;

import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._PublishRequest;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicValue;
import grpc.common._Empty;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Publishes to topics and subscribes to them. */
final class PubsubService extends PubsubGrpc.PubsubImplBase {

  private final Caches caches;
  private final Topics topics;

  PubsubService(Caches caches, Topics topics) {
    this.caches = caches;
    this.topics = topics;
  }

  @Override
  public void publish(_PublishRequest request, StreamObserver<_Empty> caller) {
    Answer.one(caller, () -> publish(request));
  }

  private _Empty publish(_PublishRequest request) {
    Topic topic = topic(request.getCacheName(), request.getTopic());
    Limits.topicMessage(size(request.getValue()));
    topic.publish(request.getValue());
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
      Topic topic = topic(request.getCacheName(), request.getTopic());
      ServerCallStreamObserver<_SubscriptionItem> stream =
          (ServerCallStreamObserver<_SubscriptionItem>) caller;
      Subscriber subscriber = new Subscriber(stream);
      stream.setOnCancelHandler(() -> topic.unsubscribe(subscriber));
      topic.subscribe(
          subscriber, request.getResumeAtTopicSequenceNumber(), request.getSequencePage());
    } catch (StatusRuntimeException refusal) {
      caller.onError(refusal);
    }
  }

  private Topic topic(String cache, String topic) {
    caches.requireCache(cache);
    return topics.topic(cache, topic);
  }
}
