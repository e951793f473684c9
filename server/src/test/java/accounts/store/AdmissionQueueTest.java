package accounts.store;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import com.netflix.concurrency.limits.limit.FixedLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AdmissionQueueTest {

  private final AdmissionQueue queue =
      new AdmissionQueue("queue", FixedLimit.of(1), 3, Duration.ofSeconds(2), System::nanoTime);
  private final List<String> started = new ArrayList<>();
  private final CompletableFuture<String> first = new CompletableFuture<>();

  @Test
  void admit_severalWait_startInTheirOrder() {
    List<CompletableFuture<String>> calls =
        List.of(admit("1", first), admit("2", done()), admit("3", done()), admit("4", done()));

    assertThat(started).containsExactly("1");
    first.complete("done");
    assertThat(started).containsExactly("1", "2", "3", "4");
    assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("done"));
    assertIdle();
  }

  @Test
  void admit_queueFull_isShed() {
    occupy();
    List<CompletableFuture<String>> waiting =
        Stream.of("2", "3", "4").map(name -> admit(name, done())).toList();
    assertThat(queue.shed()).isZero();

    assertThat(admit("shed", done()).exceptionNow())
        .isInstanceOfSatisfying(
            AccountException.class,
            failure -> assertThat(failure.error()).isInstanceOf(AccountError.Overloaded.class));
    assertThat(queue.shed()).isEqualTo(1);
    first.complete("done");
    assertThat(waiting).allSatisfy(call -> assertThat(call).isCompletedWithValue("done"));
    assertThat(started).containsExactly("1", "2", "3", "4");
    assertIdle();
  }

  @Test
  void admit_callerGoneWhileItWaits_leavesTheQueueToTheNext() {
    CallScope caller = scope();
    occupy();
    CompletableFuture<String> gone = admit("gone", done(), caller);
    CompletableFuture<String> next = admit("next", done());
    caller.cancel();

    assertThat(gone).isCancelled();
    assertThat(queue.waiting()).isEqualTo(1);
    first.complete("done");
    assertThat(next).isCompletedWithValue("done");
    assertThat(started).containsExactly("1", "next");
    assertIdle();
  }

  @Test
  void admit_timeOverWhileItWaits_leavesTheQueue() {
    occupy();
    CompletableFuture<String> late = admit("late", done(), CallScope.of(Duration.ofMillis(1)));

    assertThat(late)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .isInstanceOf(CancellationException.class);
    assertThat(queue.waiting()).isZero();
    first.complete("done");
    assertThat(started).containsExactly("1");
    assertIdle();
  }

  // The timer that ends a wait may be late itself.
  @Test
  void admit_timeOverWhenItsTurnComes_isNotStarted() {
    AtomicLong nanos = new AtomicLong();
    occupy();
    CompletableFuture<String> late =
        admit("late", done(), CallScope.of(Duration.ofMinutes(1), nanos::get));
    CompletableFuture<String> next = admit("next", done());
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    first.complete("done");

    assertThat(late).isCancelled();
    assertThat(next).isCompletedWithValue("done");
    assertThat(started).containsExactly("1", "next");
    assertIdle();
  }

  @Test
  void admit_resultCancelledWhileItWaits_leavesTheQueue() {
    occupy();
    admit("cancelled", done()).cancel(true);

    assertThat(queue.waiting()).isZero();
    first.complete("done");
    assertThat(started).containsExactly("1");
    assertIdle();
  }

  @Test
  void admit_waited_hasTheTimeThatIsLeft() {
    AtomicLong nanos = new AtomicLong();
    List<Duration> times = new ArrayList<>();
    occupy();
    var unused =
        queue.admit(
            CallScope.of(Duration.ofMinutes(10), nanos::get),
            own -> {
              times.add(own.remaining());
              return done();
            });
    nanos.addAndGet(Duration.ofMinutes(9).toNanos());
    first.complete("done");

    assertThat(times)
        .singleElement()
        .satisfies(
            time -> assertThat(time).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1)));
  }

  // What began for a caller ends, whether the caller is still there or not.
  @Test
  void admit_callerGoneAfterItWaited_keepsThePlaceUntilTheCallEnds() {
    CallScope caller = scope();
    CompletableFuture<String> second = new CompletableFuture<>();
    occupy();
    CompletableFuture<String> running = admit("2", second, caller);
    first.complete("done");
    caller.cancel();

    assertThat(running).isNotDone();
    assertThat(queue.running()).isEqualTo(1);
    second.complete("done");
    assertThat(running).isCompletedWithValue("done");
    assertIdle();
  }

  @Test
  void admit_callThrows_failsAndGivesItsPlaceBack() {
    IllegalStateException failure = new IllegalStateException("closed");
    CompletableFuture<String> broken =
        queue.admit(
            scope(),
            own -> {
              throw failure;
            });

    assertThat(broken.exceptionNow()).isSameAs(failure);
    assertIdle();
  }

  // Each would start the next from within its own end, and there is only so much stack.
  @Test
  void admit_thousandsWaitAndFailAtOnce_allFail() {
    AdmissionQueue longQueue =
        new AdmissionQueue(
            "queue", FixedLimit.of(1), 100_000, Duration.ofSeconds(2), System::nanoTime);
    IllegalStateException failure = new IllegalStateException("closed");
    var unused = longQueue.admit(scope(), own -> first);
    CallScope caller = scope();
    List<CompletableFuture<String>> waiting =
        IntStream.range(0, 100_000)
            .mapToObj(i ->
                longQueue.<String>admit(caller, own -> CompletableFuture.failedFuture(failure)))
            .toList();
    first.complete("done");

    assertThat(waiting).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(longQueue.waiting()).isZero();
    assertThat(longQueue.running()).isZero();
  }

  /** Takes the only place, until {@link #first} is complete. */
  private void occupy() {
    var unused = admit("1", first);
  }

  private void assertIdle() {
    assertThat(queue.waiting()).isZero();
    assertThat(queue.running()).isZero();
  }

  private CompletableFuture<String> admit(String name, CompletableFuture<String> answer) {
    return admit(name, answer, scope());
  }

  private CompletableFuture<String> admit(
      String name, CompletableFuture<String> answer, CallScope caller) {
    return queue.admit(
        caller,
        own -> {
          started.add(name);
          return answer;
        });
  }

  private static CompletableFuture<String> done() {
    return CompletableFuture.completedFuture("done");
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
