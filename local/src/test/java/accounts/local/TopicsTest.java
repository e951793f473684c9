package accounts.local;

import static accounts.local.Sdk.CACHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._PublishRequest;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicValue;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import java.util.Iterator;
import java.util.concurrent.Callable;
import momento.sdk.responses.cache.control.CacheDeleteResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Topics through the generated stub: the Java SDK's topic client, as of 1.21.0, connects with TLS
 * to port 443 whatever its credential provider says.
 */
final class TopicsTest {

  private final Sdk sdk = new Sdk();

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void publish_subscribed_arrivesInOrder() {
    Iterator<_SubscriptionItem> items = subscribe(0, 0);
    assertThat(items.next().hasHeartbeat()).isTrue();

    publish(text("one"));
    publish(_TopicValue.newBuilder().setBinary(ByteString.copyFrom(new byte[] {2})).build());

    assertThat(nextItem(items).getItem().getValue().getText()).isEqualTo("one");
    assertThat(nextItem(items).getItem().getTopicSequenceNumber()).isEqualTo(2);
  }

  @Test
  void subscribe_idle_hearsHeartbeats() {
    Iterator<_SubscriptionItem> items = subscribe(0, 0);

    assertThat(items.next().hasHeartbeat()).isTrue();
    assertThat(items.next().hasHeartbeat()).isTrue();
  }

  @Test
  void publish_oneSubscriberGone_reachesTheOther() throws Exception {
    CancellableContext context = Context.current().withCancellation();
    Iterator<_SubscriptionItem> leaves = context.call(subscription());
    Iterator<_SubscriptionItem> stays = subscribe(0, 0);
    assertThat(leaves.next().hasHeartbeat()).isTrue();
    assertThat(stays.next().hasHeartbeat()).isTrue();

    context.cancel(null);
    publish(text("one"));

    assertThat(nextItem(stays).getItem().getValue().getText()).isEqualTo("one");
  }

  private Callable<Iterator<_SubscriptionItem>> subscription() {
    return () -> subscribe(0, 0);
  }

  @Test
  void subscribe_cacheDeleted_isEnded() {
    Iterator<_SubscriptionItem> items = subscribe(0, 0);
    assertThat(items.next().hasHeartbeat()).isTrue();

    assertThat(sdk.client.deleteCache(CACHE).join())
        .isInstanceOf(CacheDeleteResponse.Success.class);

    assertThatThrownBy(() -> nextItem(items)).hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() -> subscribe(0, 0).next()).hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() -> publish(text("x"))).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void publish_moreThanFourKilobytes_isLimitExceeded() {
    assertThatThrownBy(() -> publish(text("x".repeat(4097))))
        .hasMessageContaining("RESOURCE_EXHAUSTED");
  }

  @Test
  void publish_withoutValue_isInvalidArgument() {
    assertThatThrownBy(() -> publish(_TopicValue.getDefaultInstance()))
        .hasMessageContaining("INVALID_ARGUMENT");
  }

  @Test
  void subscribe_resumedAtKeptNumber_replaysFromThere() {
    publishThree();

    Iterator<_SubscriptionItem> items = subscribe(2, 0);

    assertThat(items.next().hasHeartbeat()).isTrue();
    assertThat(items.next().getItem().getTopicSequenceNumber()).isEqualTo(2);
    assertThat(items.next().getItem().getValue().getText()).isEqualTo("three");
  }

  @Test
  void subscribe_resumedOnAnotherPage_hearsOfTheGap() {
    publishThree();

    Iterator<_SubscriptionItem> items = subscribe(7, 1);

    assertThat(items.next().hasHeartbeat()).isTrue();
    assertThat(items.next().getDiscontinuity().getNewTopicSequence()).isEqualTo(1);
    assertThat(items.next().getItem().getValue().getText()).isEqualTo("one");
  }

  private void publishThree() {
    publish(text("one"));
    publish(text("two"));
    publish(text("three"));
  }

  private static _TopicValue text(String text) {
    return _TopicValue.newBuilder().setText(text).build();
  }

  private void publish(_TopicValue value) {
    var unused =
        PubsubGrpc.newBlockingStub(sdk.channel())
            .publish(
                _PublishRequest.newBuilder()
                    .setCacheName(CACHE)
                    .setTopic("t")
                    .setValue(value)
                    .build());
  }

  private Iterator<_SubscriptionItem> subscribe(long resumeAt, long page) {
    return PubsubGrpc.newBlockingStub(sdk.channel())
        .subscribe(
            _SubscriptionRequest.newBuilder()
                .setCacheName(CACHE)
                .setTopic("t")
                .setResumeAtTopicSequenceNumber(resumeAt)
                .setSequencePage(page)
                .build());
  }

  private static _SubscriptionItem nextItem(Iterator<_SubscriptionItem> items) {
    _SubscriptionItem item = items.next();
    while (item.hasHeartbeat()) {
      item = items.next();
    }
    return item;
  }
}
