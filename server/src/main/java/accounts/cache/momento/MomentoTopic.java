package accounts.cache.momento;

import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._PublishRequest;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicValue;
import grpc.common._Empty;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import momento.sdk.auth.CredentialProvider;

/**
 * A Momento topic, over a channel of its own. The SDK's topic client, as of 1.21.0, always connects
 * with TLS to port 443, and does not report a dead subscription.
 */
final class MomentoTopic implements AutoCloseable {

  private final String cacheName;
  private final String name;
  private final ManagedChannel channel;
  private final PubsubGrpc.PubsubStub stub;

  MomentoTopic(CredentialProvider credentials, String cacheName, String name) {
    this.cacheName = cacheName;
    this.name = name;
    this.channel = MomentoChannel.open(credentials, cacheName, "java:topic:accounts");
    this.stub = PubsubGrpc.newStub(channel);
  }

  /** Publishes a text; the future fails if that is not confirmed in time. */
  CompletableFuture<_Empty> publish(String text, Duration limit) {
    _PublishRequest request =
        _PublishRequest.newBuilder()
            .setCacheName(cacheName)
            .setTopic(name)
            .setValue(_TopicValue.newBuilder().setText(text))
            .build();
    CallAnswer<_PublishRequest, _Empty, _Empty> answer = CallAnswer.first();
    // Outside the caller's gRPC context, which ends with its call.
    Context.ROOT.run(() ->
        stub.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS).publish(request, answer));
    return answer;
  }

  /** Subscribes until the stream ends. */
  void subscribe(StreamObserver<_SubscriptionItem> listener) {
    _SubscriptionRequest request =
        _SubscriptionRequest.newBuilder().setCacheName(cacheName).setTopic(name).build();
    Context.ROOT.run(() -> stub.subscribe(request, listener));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
