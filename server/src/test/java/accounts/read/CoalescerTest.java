package accounts.read;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class CoalescerTest {

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger joined = new AtomicInteger();
  private final ReadObserver observer =
      new ReadObserver() {
        @Override
        public void loadStarted() {
          started.incrementAndGet();
        }

        @Override
        public void loadJoined() {
          joined.incrementAndGet();
        }
      };
  private final Coalescer<String, String> coalescer = new Coalescer<>(nanos::get, observer);

  /** What was begun, in that order; each ends when the test says so. */
  private final List<CompletableFuture<String>> loads = new ArrayList<>();

  private CompletableFuture<String> load(String key, long arrivedAt) {
    return coalescer.load(key, arrivedAt, Trace.NONE, this::begun);
  }

  private CompletableFuture<String> begun() {
    CompletableFuture<String> load = new CompletableFuture<>();
    loads.add(load);
    return load;
  }

  @Test
  void load_alone_isItsResult() {
    CompletableFuture<String> result = load("k", 0);
    loads.getFirst().complete("one");

    assertThat(result).isCompletedWithValue("one");
    assertThat(coalescer.inFlight()).isZero();
  }

  @Test
  void load_arrivedBeforeTheRunningBegan_joins() {
    nanos.set(10);
    CompletableFuture<String> first = load("k", 5);
    nanos.set(20);
    CompletableFuture<String> second = load("k", 9);
    loads.getFirst().complete("one");

    assertThat(loads).hasSize(1);
    assertThat(first).isCompletedWithValue("one");
    assertThat(second).isCompletedWithValue("one");
  }

  @Test
  void load_arrivedAfterTheRunningBegan_waitsForTheNext() {
    nanos.set(10);
    CompletableFuture<String> first = load("k", 10);
    CompletableFuture<String> second = load("k", 11);

    assertThat(loads).hasSize(1);
    loads.getFirst().complete("one");
    assertThat(first).isCompletedWithValue("one");
    assertThat(second).isNotDone();
    assertThat(loads).hasSize(2);
    loads.getLast().complete("two");
    assertThat(second).isCompletedWithValue("two");
    assertThat(coalescer.inFlight()).isZero();
  }

  // Clocks tick: of two moments in one tick nobody knows which was first.
  @Test
  void load_arrivedInTheTickInWhichTheRunningBegan_waitsForTheNext() {
    nanos.set(10);
    CompletableFuture<String> first = load("k", 10);
    CompletableFuture<String> second = load("k", 10);
    loads.getFirst().complete("one");

    assertThat(first).isCompletedWithValue("one");
    assertThat(second).isNotDone();
    loads.getLast().complete("two");
    assertThat(second).isCompletedWithValue("two");
  }

  @Test
  void load_manyDuringOneLoad_shareTheNext() {
    nanos.set(10);
    CompletableFuture<String> first = load("k", 10);
    List<CompletableFuture<String>> later = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      later.add(load("k", nanos.incrementAndGet()));
    }
    loads.getFirst().complete("one");

    assertThat(first).isCompletedWithValue("one");
    assertThat(loads).hasSize(2);
    loads.getLast().complete("two");
    assertThat(later).allSatisfy(result -> assertThat(result).isCompletedWithValue("two"));
    assertThat(loads).hasSize(2);
    assertThat(coalescer.inFlight()).isZero();
  }

  @Test
  void load_otherKeys_doNotWait() {
    CompletableFuture<String> one = load("k", 0);
    CompletableFuture<String> other = load("l", 1);
    loads.getLast().complete("other");

    assertThat(other).isCompletedWithValue("other");
    assertThat(one).isNotDone();
    assertThat(coalescer.inFlight()).isEqualTo(1);
  }

  @Test
  void load_fails_failsAllOfItsCallersAndNoOther() {
    IllegalStateException failure = new IllegalStateException("broken");
    CompletableFuture<String> first = load("k", 0);
    CompletableFuture<String> joined = load("k", -1);
    CompletableFuture<String> next = load("k", 1);
    loads.getFirst().completeExceptionally(failure);
    loads.getLast().complete("two");

    assertThat(first).isCompletedExceptionally();
    assertThat(joined).isCompletedExceptionally();
    assertThat(next).isCompletedWithValue("two");
    assertThat(coalescer.inFlight()).isZero();
  }

  @Test
  void load_throws_failsAndLeavesTheKeyFree() {
    assertLeavesTheKeyFree(() -> {
      throw new IllegalStateException("broken");
    });
  }

  @Test
  void load_throwsAnError_failsAndLeavesTheKeyFree() {
    assertLeavesTheKeyFree(() -> {
      throw new StackOverflowError();
    });
  }

  private void assertLeavesTheKeyFree(Supplier<CompletableFuture<String>> broken) {
    assertThat(coalescer.load("k", 0, Trace.NONE, broken)).isCompletedExceptionally();
    assertThat(coalescer.inFlight()).isZero();
    CompletableFuture<String> next = load("k", 1);
    loads.getFirst().complete("one");
    assertThat(next).isCompletedWithValue("one");
  }

  @Test
  void load_oneCallerCancels_theOthersGetTheirAnswer() {
    CompletableFuture<String> starter = load("k", 0);
    CompletableFuture<String> joined = load("k", -1);
    CompletableFuture<String> waiter = load("k", 1);
    CompletableFuture<String> otherWaiter = load("k", 1);
    assertThat(starter.cancel(true)).isTrue();
    assertThat(waiter.cancel(true)).isTrue();

    assertThat(loads.getFirst()).isNotDone();
    loads.getFirst().complete("one");
    loads.getLast().complete("two");
    assertThat(joined).isCompletedWithValue("one");
    assertThat(otherWaiter).isCompletedWithValue("two");
    assertThat(coalescer.inFlight()).isZero();
  }

  @Test
  void load_callerHasAShortDeadline_onlyItsOwnCallTimesOut() {
    nanos.set(1);
    CallScope hasty = CallScope.of(Duration.ofMillis(1));
    CompletableFuture<String> first = hasty.run(Duration.ofSeconds(20), time -> load("k", 0));
    CompletableFuture<String> other =
        CallScope.of(Duration.ofSeconds(20))
            .run(Duration.ofSeconds(20), time -> coalescer.load("k", 0, Trace.NONE, this::begun));

    assertThat(first)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOfAny(TimeoutException.class, CancellationException.class);
    assertThat(loads.getFirst()).isNotDone();
    loads.getFirst().complete("one");
    assertThat(other).isCompletedWithValue("one");
  }

  @Test
  void load_askedAgainFromItsOwnResult_isAnotherLoad() {
    CompletableFuture<String> again = load("k", 0).thenCompose(one -> load("k", 1));
    loads.getFirst().complete("one");
    loads.getLast().complete("two");

    assertThat(again).isCompletedWithValue("two");
    assertThat(coalescer.inFlight()).isZero();
  }

  @Test
  void load_shared_observerHearsWhoStartsAndWhoJoins() {
    nanos.set(10);
    var unused = List.of(load("k", 10), load("k", 9), load("k", 11), load("k", 11), load("l", 11));
    assertThat(started).hasValue(2);
    // One shares the load that runs, one the load that another waits for.
    assertThat(joined).hasValue(2);
    loads.getFirst().complete("one");

    assertThat(started).hasValue(3);
    assertThat(joined).hasValue(2);
  }
}
