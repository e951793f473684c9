package accounts.local;

import static accounts.local.Sdk.CACHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._PublishRequest;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._SubscriptionRequest;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests limits of topics, with rare heartbeats because of a thousand subscribers. */
final class TopicLimitsTest {

  private final Sdk sdk = new Sdk(Duration.ofMinutes(1));

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void subscribe_thousandSubscribers_refusesMoreUntilOneLeaves() throws Exception {
    CancellableContext context = Context.current().withCancellation();
    List<Iterator<_SubscriptionItem>> all = new ArrayList<>();
    for (int i = 0; i < 999; i++) {
      all.add(subscribe("t" + i));
    }
    all.add(context.call(() -> subscribe("last")));
    all.forEach(items -> assertThat(items.next().hasHeartbeat()).isTrue());

    assertThatThrownBy(() -> subscribe("last").next())
        .hasMessageContaining("RESOURCE_EXHAUSTED: Topic subscribers: 1000");
    assertThatThrownBy(this::publishToAnother)
        .hasMessageContaining("RESOURCE_EXHAUSTED: Topics with subscribers: 1000");
    context.cancel(null);
    assertThat(subscribedEventually()).isTrue();
  }

  private boolean subscribedEventually() {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < end) {
      try {
        return subscribe("last").next().hasHeartbeat();
      } catch (StatusRuntimeException full) {
        assertThat(full.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      }
    }
    return false;
  }

  private Iterator<_SubscriptionItem> subscribe(String topic) {
    return PubsubGrpc.newBlockingStub(sdk.channel())
        .subscribe(_SubscriptionRequest.newBuilder().setCacheName(CACHE).setTopic(topic).build());
  }

  private void publishToAnother() {
    _PublishRequest.Builder request =
        _PublishRequest.newBuilder().setCacheName(CACHE).setTopic("another");
    request.getValueBuilder().setText("x");
    var unused = PubsubGrpc.newBlockingStub(sdk.channel()).publish(request.build());
  }
}
