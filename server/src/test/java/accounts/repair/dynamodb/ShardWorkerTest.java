package accounts.repair.dynamodb;

import static accounts.domain.Samples.user;
import static accounts.repair.dynamodb.Records.at;
import static accounts.repair.dynamodb.Records.inserted;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.ManualTimer;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import accounts.repair.CacheUnreachableException;
import accounts.repair.RecordingRepairObserver;
import accounts.repair.StreamEvent;
import accounts.repair.StreamEvent.Changed;
import accounts.repair.dynamodb.ShardWorker.State;
import accounts.store.FeedChange;
import accounts.store.FeedWriter.Fence;
import accounts.store.FeedWriter.FencedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** One shard from read to told, by a clock of the test's. */
final class ShardWorkerTest {

  private static final Duration POLL = Duration.ofMillis(300);
  private static final Duration RETRY = Duration.ofMillis(100);

  private static final Fence FENCE = OwnershipTable.fence("shard-0", "me");

  private final ManualTimer timer = new ManualTimer();
  private final FakeStreams streams = new FakeStreams();
  private final RecordingRepairObserver observer = new RecordingRepairObserver();
  private final List<String> told = new ArrayList<>();
  private final List<String> fed = new ArrayList<>();
  private Optional<Throwable> failure = Optional.empty();
  private Optional<Throwable> feedFailure = Optional.empty();
  private int tries;
  private int ends;
  private final ShardWorker worker =
      new ShardWorker(
          new ShardReader(
              streams, "arn", "shard-0", new Position.Horizon(), Duration.ofSeconds(20)),
          FENCE,
          new ShardWorker.Context(
              this::handle,
              this::append,
              observer,
              timer,
              POLL,
              timer::nanoTime,
              () -> Records.MADE.plusNanos(timer.nanoTime())),
          () -> ends++);

  private CompletableFuture<Void> handle(List<StreamEvent> events) {
    tries++;
    if (failure.isPresent()) {
      return CompletableFuture.failedFuture(failure.get());
    }
    events.forEach(event -> told.add(((Changed) event).key().toString()));
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> append(List<FeedChange> changes, Fence fence, CallScope scope) {
    if (feedFailure.isPresent()) {
      return CompletableFuture.failedFuture(feedFailure.get());
    }
    changes.forEach(change -> fed.add(fence.item() + ": " + change.entity()));
    return CompletableFuture.completedFuture(null);
  }

  private Record add(int number) {
    Record record = at("" + number, inserted(user("user-" + number)));
    streams.records.add(record);
    return record;
  }

  private void begin() {
    worker.start();
    timer.advance(Duration.ZERO);
  }

  @Test
  void work_records_toldAndPassed() {
    add(1);
    add(2);
    begin();
    assertThat(told).hasSize(2);
    assertThat(worker.checkpoint()).contains("2");
    add(3);
    timer.advance(POLL);

    assertThat(told).hasSize(3);
    assertThat(observer.handled).hasValue(3);
  }

  @Test
  void work_shardEnds_saysSo() {
    add(1);
    streams.closed = true;
    begin();

    assertThat(worker.state()).isEqualTo(State.ENDED);
    assertThat(ends).isEqualTo(1);
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void work_cacheUnreachable_givesUpWithTheBatchAtHand() {
    add(1);
    begin();
    add(2);
    failure = Optional.of(new CacheUnreachableException("test"));
    timer.advance(POLL.plusMillis(299));
    assertThat(worker.state()).isEqualTo(State.READING);
    timer.advance(Duration.ofMillis(1));

    assertThat(worker.state()).isEqualTo(State.UNREACHABLE);
    assertThat(worker.checkpoint()).contains("1");
    assertThat(ends).isEqualTo(1);
    timer.advance(Duration.ofMinutes(1));
    assertThat(tries).isEqualTo(1 + 4);
  }

  @Test
  void work_cacheUnreachableForAMoment_goesOn() {
    add(1);
    failure = Optional.of(new CacheUnreachableException("test"));
    begin();
    timer.advance(RETRY.multipliedBy(2));
    failure = Optional.empty();
    timer.advance(RETRY);
    failure = Optional.of(new CacheUnreachableException("test"));
    add(2);
    timer.advance(POLL.plus(RETRY));

    assertThat(told).hasSize(1);
    assertThat(worker.state()).isEqualTo(State.READING);
  }

  @Test
  void work_storeOrStreamAway_triesOnLessAndLessOften() {
    add(1);
    failure = Optional.of(new AccountException(new StoreUnavailable(POLL)));
    begin();
    timer.advance(Duration.ofMinutes(1));
    assertThat(worker.state()).isEqualTo(State.READING);
    assertThat(tries).isBetween(10, 20);
    failure = Optional.empty();
    timer.advance(Duration.ofSeconds(5));
    assertThat(told).hasSize(1);
    streams.away();
    timer.advance(Duration.ofMinutes(1));

    assertThat(worker.state()).isEqualTo(State.READING);
  }

  @Test
  void work_listenerFailsForGood_isDead() {
    add(1);
    failure = Optional.of(new StackOverflowError("test"));
    begin();

    assertThat(worker.state()).isEqualTo(State.DEAD);
    assertThat(worker.checkpoint()).isEmpty();
    assertThat(ends).isEqualTo(1);
  }

  @Test
  void work_readerThrows_isDead() {
    streams.failure = Optional.of(new NullPointerException("test"));
    begin();

    assertThat(worker.state()).isEqualTo(State.DEAD);
  }

  @Test
  void work_records_areInTheFeedOnceTheyAreHandled() {
    add(1);
    failure = Optional.of(new CacheUnreachableException("test"));
    begin();
    assertThat(fed).isEmpty();
    failure = Optional.empty();
    timer.advance(RETRY);

    assertThat(fed).singleElement().asString().startsWith("STREAM#shard-0: ").contains("user-1");
    assertThat(observer.appended).hasValue(1);
  }

  @Test
  void work_feedFails_theRepairGoesOnAndTheCheckpointWaits() {
    add(1);
    feedFailure = Optional.of(new AccountException(new StoreUnavailable(POLL)));
    begin();
    add(2);
    timer.advance(POLL);
    assertThat(told).hasSize(2);
    assertThat(worker.checkpoint()).isEmpty();
    feedFailure = Optional.empty();
    timer.advance(Duration.ofSeconds(5));

    assertThat(fed).hasSize(2);
    assertThat(fed.getFirst()).contains("user-1");
    assertThat(worker.checkpoint()).contains("2");
  }

  @Test
  void work_feedFailsForLong_whatDoesNotFitIsReadAgain() {
    feedFailure = Optional.of(new AccountException(new StoreUnavailable(POLL)));
    begin();
    for (int i = 1; i <= 12_000; i++) {
      add(i);
    }
    timer.advance(Duration.ofMinutes(1));
    assertThat(told).hasSize(12_000);
    assertThat(worker.checkpoint()).isEmpty();
    assertThat(worker.feedLag()).isEqualTo(Duration.ofMinutes(1));
    feedFailure = Optional.empty();
    timer.advance(Duration.ofMinutes(1));

    assertThat(fed).hasSize(12_000);
    assertThat(worker.checkpoint()).contains("12000");
  }

  @Test
  void work_feedFailsAmidRecordsWithoutChanges_theCheckpointPassesThemWithWhatWaits() {
    add(1);
    feedFailure = Optional.of(new AccountException(new StoreUnavailable(POLL)));
    begin();
    for (int i = 2; i <= 50; i++) {
      streams.records.add(at("" + i, ofNoInterest()));
      timer.advance(POLL);
    }
    assertThat(worker.checkpoint()).isEmpty();
    feedFailure = Optional.empty();
    timer.advance(Duration.ofSeconds(6));

    assertThat(fed).hasSize(1);
    assertThat(worker.checkpoint()).contains("50");
  }

  private static Record ofNoInterest() {
    return Records.record(
        OperationType.MODIFY,
        RepairWorld.itemKey("STREAM#candidates", "STREAM#candidates"),
        Map.of(),
        Map.of());
  }

  @Test
  void work_shardEndsWhileTheFeedFails_endsOnceItIsFed() {
    add(1);
    streams.closed = true;
    feedFailure = Optional.of(new AccountException(new StoreUnavailable(POLL)));
    begin();
    timer.advance(Duration.ofMinutes(1));
    assertThat(worker.state()).isEqualTo(State.READING);
    assertThat(worker.lag()).as("the shard that follows waits").isPositive();
    feedFailure = Optional.empty();
    timer.advance(Duration.ofSeconds(6));

    assertThat(worker.state()).isEqualTo(State.ENDED);
    assertThat(worker.checkpoint()).contains("1");
  }

  @Test
  void work_fenced_stopsForTheOtherOwner() {
    add(1);
    feedFailure = Optional.of(new FencedException(FENCE));
    begin();

    assertThat(worker.state()).isEqualTo(State.STOPPED);
    assertThat(worker.checkpoint()).isEmpty();
  }

  @Test
  void stop_reading_readsNoMore() {
    begin();
    worker.stop();
    add(1);
    timer.advance(POLL);

    assertThat(told).isEmpty();
    assertThat(ends).isZero();
  }

  @Test
  void lag_batchWaits_isItsAge() {
    begin();
    assertThat(worker.lag()).isZero();
    failure = Optional.of(new AccountException(new StoreUnavailable(POLL)));
    add(1);
    timer.advance(Duration.ofSeconds(10));
    assertThat(worker.lag()).isEqualTo(Duration.ofSeconds(10));
    failure = Optional.empty();
    timer.advance(Duration.ofSeconds(5));

    assertThat(worker.lag()).isZero();
  }

  @Test
  void feedLag_feedFails_isHowLongItHasWaited() {
    add(1);
    feedFailure = Optional.of(new AccountException(new StoreUnavailable(POLL)));
    begin();
    timer.advance(Duration.ofSeconds(10));
    assertThat(worker.feedLag()).isEqualTo(Duration.ofSeconds(10));
    assertThat(worker.lag()).isZero();
    feedFailure = Optional.empty();
    timer.advance(Duration.ofSeconds(6));

    assertThat(worker.feedLag()).isZero();
  }

  @Test
  void lag_moreThanOneBatch_isTheAgeOfTheLastHandled() {
    for (int i = 0; i < 1500; i++) {
      add(i);
    }
    timer.advance(Duration.ofSeconds(7));
    begin();
    assertThat(told).hasSize(1000);
    assertThat(worker.lag()).isEqualTo(Duration.ofSeconds(7));
    timer.advance(RETRY);

    assertThat(told).hasSize(1500);
    assertThat(worker.lag()).isZero();
  }
}
