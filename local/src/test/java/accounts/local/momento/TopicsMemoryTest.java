package accounts.local.momento;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.cache_client.pubsub._TopicValue;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TopicsMemoryTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Topics topics = new Topics(nanos::get);

  @Test
  void heartbeat_topicIdleForFiveMinutes_forgetsIt() {
    topics.publish("c", "t", _TopicValue.newBuilder().setText("x").build());
    nanos.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
    topics.heartbeat();
    assertThat(topics.size()).isEqualTo(1);

    nanos.incrementAndGet();
    topics.heartbeat();

    assertThat(topics.size()).isZero();
  }
}
