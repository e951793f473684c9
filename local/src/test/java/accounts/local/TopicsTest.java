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
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import momento.sdk.responses.cache.control.CacheDeleteResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests topics through the generated stub: the Java SDK's topic client (1.21.0) always connects
 * with TLS to port 443, whatever its credential provider says.
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
  void subscribe_idle_receivesHeartbeats() {
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
  void subscribe_resumedOnAnotherPage_isToldOfTheGap() {
    publishThree();

    Iterator<_SubscriptionItem> items = subscribe(7, 1);

    assertThat(items.next().hasHeartbeat()).isTrue();
    assertThat(items.next().getDiscontinuity().getNewTopicSequence()).isZero();
    assertThat(items.next().getItem().getValue().getText()).isEqualTo("one");
  }

  @Test
  void publish_topicIdleForFiveMinutes_beginsAnew() {
    publish(text("one"));
    sdk.ticker.advance(Duration.ofMinutes(5));

    publish(text("one again"));

    _SubscriptionItem item = nextItem(subscribe(1, 0));
    assertThat(item.getItem().getValue().getText()).isEqualTo("one again");
    assertThat(item.getItem().getTopicSequenceNumber()).isEqualTo(1);
  }

  @Test
  void publish_subscribedForLong_keepsThePage() {
    Iterator<_SubscriptionItem> items = subscribe(0, 0);
    assertThat(items.next().hasHeartbeat()).isTrue();
    sdk.ticker.advance(Duration.ofMinutes(6));

    publish(text("one"));

    assertThat(nextItem(items).getItem().getTopicSequenceNumber()).isEqualTo(1);
  }

  /** The deadline is only in the header, so that no timer of the client ends the call first. */
  @Test
  void subscribe_withDeadline_endsWithDeadlineExceeded() {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), "2500m");
    Iterator<_SubscriptionItem> items =
        PubsubGrpc.newBlockingStub(sdk.channel())
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .subscribe(request("t", 0, 0));
    assertThat(items.next().hasHeartbeat()).isTrue();

    assertThatThrownBy(() -> nextItem(items)).hasMessageContaining("DEADLINE_EXCEEDED");
  }

  @Test
  void publish_burst_arrivesWithoutAGap() {
    Iterator<_SubscriptionItem> items = subscribe(0, 0);
    assertThat(items.next().hasHeartbeat()).isTrue();

    for (int i = 0; i < 100; i++) {
      publish(text("x".repeat(1000)));
    }

    for (int i = 1; i <= 100; i++) {
      assertThat(nextItem(items).getItem().getTopicSequenceNumber()).isEqualTo(i);
    }
  }

  @Test
  void publish_moreThanTheQueueHolds_announcesTheGap() {
    HeldBackSubscriber subscriber = new HeldBackSubscriber();
    PubsubGrpc.newStub(sdk.channel()).subscribe(request("t", 0, 0), subscriber);
    subscriber.request(1);
    assertThat(subscriber.next().hasHeartbeat()).isTrue();

    for (int i = 0; i < 1500; i++) { // 6 MB, of which a few hundred KB fit into the connection
      publish(text("x".repeat(4096)));
    }
    subscriber.request(10_000);

    long last = 0;
    _SubscriptionItem item = subscriber.nextItem();
    while (item.hasItem()) {
      assertThat(item.getItem().getTopicSequenceNumber()).isEqualTo(++last);
      item = subscriber.nextItem();
    }
    assertThat(last).isGreaterThan(1000);
    assertThat(item.getDiscontinuity().getLastTopicSequence()).isEqualTo(last);
    assertThat(item.getDiscontinuity().getNewTopicSequence()).isEqualTo(1500);
    publish(text("after"));
    assertThat(subscriber.nextItem().getItem().getTopicSequenceNumber()).isEqualTo(1501);
  }

  @Test
  void publish_moreTopicsThanPlaces_forgetsTheLongestUnused() {
    for (int i = 0; i < 1000; i++) {
      publish("topic-" + i, "one");
      sdk.ticker.advance(Duration.ofMillis(1));
    }

    publish("one more", "one");

    publish("topic-0", "first of another page");
    publish("topic-999", "second");
    assertThat(nextItem(subscribe("topic-0", 1, 0)).getItem().getValue().getText())
        .isEqualTo("first of another page");
    assertThat(nextItem(subscribe("topic-999", 1, 0)).getItem().getValue().getText())
        .isEqualTo("one");
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
    publish("t", value);
  }

  private void publish(String topic, String text) {
    publish(topic, text(text));
  }

  private void publish(String topic, _TopicValue value) {
    var unused =
        PubsubGrpc.newBlockingStub(sdk.channel())
            .publish(
                _PublishRequest.newBuilder()
                    .setCacheName(CACHE)
                    .setTopic(topic)
                    .setValue(value)
                    .build());
  }

  private Iterator<_SubscriptionItem> subscribe(long resumeAt, long page) {
    return subscribe("t", resumeAt, page);
  }

  private Iterator<_SubscriptionItem> subscribe(String topic, long resumeAt, long page) {
    return PubsubGrpc.newBlockingStub(sdk.channel()).subscribe(request(topic, resumeAt, page));
  }

  private static _SubscriptionRequest request(String topic, long resumeAt, long page) {
    return _SubscriptionRequest.newBuilder()
        .setCacheName(CACHE)
        .setTopic(topic)
        .setResumeAtTopicSequenceNumber(resumeAt)
        .setSequencePage(page)
        .build();
  }

  private static _SubscriptionItem nextItem(Iterator<_SubscriptionItem> items) {
    _SubscriptionItem item = items.next();
    while (item.hasHeartbeat()) {
      item = items.next();
    }
    return item;
  }
}
