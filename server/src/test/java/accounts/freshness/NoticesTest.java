package accounts.freshness;

import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.ManualTimer;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.store.InMemoryNoticeStore;
import accounts.store.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How writers that cannot reach the cache ask others, by a clock of the test's. */
final class NoticesTest {

  private static final Duration GATHERING = Duration.ofMillis(50);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofMillis(2500);

  private final ManualTimer timer = new ManualTimer();
  private final InMemoryNoticeStore store = new InMemoryNoticeStore();
  private final AtomicInteger ids = new AtomicInteger();
  private final Notices notices =
      new Notices(store, () -> "n" + ids.incrementAndGet(), timer::nanoTime, timer);

  private CompletableFuture<Void> leave(String name, long revision) {
    return notices.leave(Map.of(userKey(name), new Revision(revision)));
  }

  /** Marks whatever is open as done. */
  private void repair() {
    for (Notice notice : List.copyOf(store.open())) {
      store.markDone(notice.id(), CallScope.of(LIMIT)).join();
    }
  }

  @Test
  void leave_severalWriters_oneNoticeWithTheLatestRevisions() {
    var all = List.of(leave("olivia", 3), leave("olivia", 2), leave("paul", 1));
    assertThat(all).noneMatch(CompletableFuture::isDone);
    assertThat(store.open()).isEmpty();
    timer.advance(GATHERING);

    assertThat(store.open())
        .extracting(Notice::keys)
        .containsExactly(
            Map.of(userKey("olivia"), new Revision(3), userKey("paul"), Revision.FIRST));
  }

  @Test
  void leave_done_completesAtTheNextPollAndLeavesNothing() {
    CompletableFuture<Void> first = leave("olivia", 3);
    CompletableFuture<Void> second = leave("paul", 1);
    timer.advance(GATHERING.plus(POLL));
    repair();
    assertThat(first).isNotDone();
    timer.advance(POLL);

    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void leave_nobodyDoesIt_timesOut() {
    CompletableFuture<Void> left = leave("olivia", 3);
    timer.advance(GATHERING.plus(LIMIT).minusNanos(1));
    assertThat(left).isNotDone();
    timer.advance(POLL);

    assertThat(failure(left)).isInstanceOf(TimeoutException.class);
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void leave_storeFails_failsAsItDoes() {
    RuntimeException failure = new IllegalArgumentException("no store");
    store.failure = Optional.of(failure);
    CompletableFuture<Void> left = leave("olivia", 3);
    timer.advance(GATHERING);

    assertThat(failure(left)).isSameAs(failure);
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void leave_onePollFails_goesOnPolling() {
    CompletableFuture<Void> left = leave("olivia", 3);
    timer.advance(GATHERING);
    repair();
    store.failure = Optional.of(new IllegalArgumentException("no store"));
    timer.advance(POLL);
    store.failure = Optional.empty();
    timer.advance(POLL);

    assertThat(left).isCompleted();
    assertThat(store.questions).hasValue(2);
  }

  @Test
  void leave_moreKeysThanANoticeHolds_leftAtOnceInSeveral() {
    Map<EntityKey<?>, Revision> keys = new HashMap<>();
    for (int i = 0; i < 250; i++) {
      keys.put(userKey("user-" + i), Revision.FIRST);
    }
    CompletableFuture<Void> left = notices.leave(keys);
    assertThat(store.open()).hasSize(2);
    timer.advance(GATHERING);
    assertThat(store.open())
        .extracting(notice -> notice.keys().size())
        .containsExactlyInAnyOrder(100, 100, 50);
    repair();
    timer.advance(POLL);

    assertThat(left).isCompleted();
  }

  @Test
  void leave_tooManyInFlight_failsAtOnceUntilOneIsDone() {
    List<CompletableFuture<Void>> left = new ArrayList<>();
    store.failure = Optional.empty();
    for (int i = 0; i < 64; i++) {
      Map<EntityKey<?>, Revision> keys = new HashMap<>();
      for (int k = 0; k < 100; k++) {
        keys.put(userKey("user-" + i + "-" + k), Revision.FIRST);
      }
      left.add(notices.leave(keys));
    }
    assertThat(failure(leave("olivia", 3))).isInstanceOf(RejectedExecutionException.class);
    repair();
    timer.advance(POLL);

    assertThat(left).allMatch(CompletableFuture::isDone);
    assertThat(leave("olivia", 3)).isNotDone();
  }

  @Test
  void leave_waiterGoesAway_othersStillWait() {
    CompletableFuture<Void> gone = leave("olivia", 3);
    CompletableFuture<Void> stays = leave("paul", 1);
    gone.cancel(true);
    timer.advance(GATHERING);
    assertThat(stays).isNotDone();
    repair();
    timer.advance(POLL);

    assertThat(stays).isCompleted();
  }

  @Test
  void leave_timerShutDown_fails() {
    timer.shutdown();

    assertThat(failure(leave("olivia", 3))).isInstanceOf(RejectedExecutionException.class);
  }

  private static Throwable failure(CompletableFuture<Void> future) {
    assertThat(future).isCompletedExceptionally();
    return future.exceptionNow();
  }
}
