package accounts.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class FuturesTest {

  private final IllegalStateException failure = new IllegalStateException("broken");

  @Test
  void cause_wrappedTwice_isWhatWentWrong() {
    assertThat(Futures.cause(new CompletionException(new CompletionException(failure))))
        .isSameAs(failure);
  }

  @Test
  void cause_notWrapped_isItself() {
    assertThat(Futures.cause(failure)).isSameAs(failure);
  }

  @Test
  void cause_wrapperOfNothing_isItself() {
    CompletionException empty = new CompletionException("nothing in it", null);

    assertThat(Futures.cause(empty)).isSameAs(empty);
  }

  @Test
  void failed_wrapped_failsWithTheCause() {
    assertThat(Futures.failed(new CompletionException(failure)).exceptionNow()).isSameAs(failure);
  }

  @Test
  void started_workThrows_isAFailedFuture() {
    CompletableFuture<String> started =
        Futures.started(() -> {
          throw failure;
        });

    assertThat(started.exceptionNow()).isSameAs(failure);
  }

  @Test
  void started_workReturns_isItsFuture() {
    CompletableFuture<String> work = new CompletableFuture<>();

    assertThat(Futures.started(() -> work)).isSameAs(work);
  }

  @Test
  void mapFailure_dependentFails_isGivenTheCause() {
    CompletableFuture<String> dependent =
        CompletableFuture.<String>failedFuture(failure).thenApply(answer -> answer);
    CompletableFuture<String> mapped =
        Futures.mapFailure(dependent, cause -> new IllegalArgumentException(cause));

    assertThat(mapped.exceptionNow())
        .isInstanceOf(IllegalArgumentException.class)
        .hasCause(failure);
  }

  @Test
  void mapFailure_succeeds_isTheAnswer() {
    assertThat(Futures.mapFailure(CompletableFuture.completedFuture("done"), cause -> failure))
        .isCompletedWithValue("done");
  }

  @Test
  void allOf_oneIsMissing_isNotDone() {
    CompletableFuture<String> last = new CompletableFuture<>();
    CompletableFuture<Void> all =
        Futures.allOf(List.of(CompletableFuture.completedFuture(1), last));

    assertThat(all).isNotDone();
    last.complete("done");
    assertThat(all).isCompleted();
  }

  @Test
  void allOf_map_isTheAnswersByKey() {
    CompletableFuture<Integer> last = new CompletableFuture<>();
    CompletableFuture<Map<String, Integer>> all =
        Futures.allOf(Map.of("one", CompletableFuture.completedFuture(1), "two", last));

    assertThat(all).isNotDone();
    last.complete(2);
    assertThat(all).isCompletedWithValue(Map.of("one", 1, "two", 2));
  }

  @Test
  void allOf_mapOfOneThatFails_fails() {
    assertThat(Futures.allOf(Map.of("one", CompletableFuture.failedFuture(failure))).exceptionNow())
        .isSameAs(failure);
  }

  @Test
  void after_someTime_completesThen() {
    ManualTimer timer = new ManualTimer();
    CompletableFuture<Void> after = Futures.after(Duration.ofMillis(5), timer);
    timer.advance(Duration.ofMillis(5).minusNanos(1));
    assertThat(after).isNotDone();
    timer.advance(Duration.ofNanos(1));

    assertThat(after).isCompleted();
  }

  @Test
  void after_noTime_isCompletedWithoutTheTimer() {
    ManualTimer timer = new ManualTimer();
    timer.shutdown();

    assertThat(Futures.after(Duration.ZERO, timer)).isCompleted();
    assertThat(Futures.after(Duration.ofMillis(-1), timer)).isCompleted();
  }

  @Test
  void after_timerShutDown_fails() {
    ManualTimer timer = new ManualTimer();
    timer.shutdown();

    assertThat(Futures.after(Duration.ofMillis(1), timer).exceptionNow())
        .isInstanceOf(RejectedExecutionException.class);
  }
}
