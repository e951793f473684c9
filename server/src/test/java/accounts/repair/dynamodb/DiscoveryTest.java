package accounts.repair.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.ManualTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often DynamoDB is asked for the shards, by a clock of the test's. */
final class DiscoveryTest {

  private final ManualTimer timer = new ManualTimer();
  private final FakeStreams streams = new FakeStreams();
  private int found;
  private final Discovery discovery =
      new Discovery(
          new TableStream(streams.table(), streams, "table", Duration.ofSeconds(20)),
          "table",
          timer::nanoTime,
          () -> found++);

  /** Lets the rounds of a time pass, two a second. */
  private void pass(Duration time) {
    for (Duration past = Duration.ZERO; past.compareTo(time) < 0; past = past.plusMillis(500)) {
      timer.advance(Duration.ofMillis(500));
      discovery.run();
    }
  }

  @Test
  void run_everyRound_asksEveryTenSeconds() {
    discovery.run();
    assertThat(discovery.latest().arn()).contains("arn");
    pass(Duration.ofSeconds(100));

    assertThat(streams.descriptions).isEqualTo(11);
    assertThat(found).isEqualTo(11);
  }

  @Test
  void run_dynamoDbAway_keepsWhatItKnewAndAsksNoMoreOften() {
    discovery.run();
    streams.away();
    pass(Duration.ofSeconds(100));

    assertThat(discovery.latest().shards()).hasSize(1);
    assertThat(streams.descriptions).isEqualTo(11);
  }

  @Test
  void run_neverFound_asksEveryTenSeconds() {
    streams.away();
    discovery.run();
    pass(Duration.ofSeconds(100));

    assertThat(discovery.latest().shards()).isEmpty();
    assertThat(streams.descriptions).isEqualTo(11);
  }

  @Test
  void run_shardEnded_asksOnceMore() {
    discovery.run();
    pass(Duration.ofSeconds(3));
    discovery.shardEnded();
    discovery.shardEnded();
    discovery.run();
    assertThat(streams.descriptions).isEqualTo(2);
    pass(Duration.ofSeconds(9));

    assertThat(streams.descriptions).isEqualTo(2);
  }

  @Test
  void run_shardsEndOneAfterTheOther_keepsBelowTheLimit() {
    discovery.run();
    for (int i = 0; i < 20; i++) {
      discovery.shardEnded();
      pass(Duration.ofMillis(500));
    }

    assertThat(streams.descriptions).isEqualTo(6);
  }

  @Test
  void run_descriptionOfSeveralPages_asksLessOften() {
    streams.shards = 250;
    discovery.run();
    pass(Duration.ofSeconds(90));

    assertThat(streams.descriptions).isEqualTo(4);
  }
}
