package accounts.store;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.Futures;
import com.netflix.concurrency.limits.limit.FixedLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No call is forgotten in the queue, in whatever order calls end. */
@Timeout(60)
final class AdmissionQueueStressTest {

  private static final int PLACES = 3;
  private static final int CALLERS = 4;
  private static final int CALLS = 5_000;
  private static final int SHORT_CALLS = 50_000;
  private static final Duration SHORT = Duration.ofMillis(4);

  private final AdmissionQueue queue =
      new AdmissionQueue(
          "queue", FixedLimit.of(PLACES), CALLERS * CALLS, Duration.ofSeconds(2), System::nanoTime);
  private final ExecutorService below = Executors.newFixedThreadPool(2);
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @AfterEach
  void close() {
    callers.shutdownNow();
    below.shutdownNow();
  }

  @Test
  void admit_manyThreadsAndCancellations_allEndAndNoPlaceIsLost() {
    List<CompletableFuture<List<CompletableFuture<String>>>> made =
        IntStream.range(0, CALLERS)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> calls(new SplittableRandom(i)), callers))
            .toList();
    List<CompletableFuture<String>> ended =
        made.stream()
            .flatMap(calls -> calls.orTimeout(30, TimeUnit.SECONDS).join().stream())
            .map(call -> call.handle((answer, failure) -> failure == null ? answer : "failed"))
            .toList();

    assertThat(Futures.allOf(ended)).succeedsWithin(Duration.ofSeconds(30));
    assertThat(ended).map(CompletableFuture::join).contains("at once", "later", "failed");
    assertThat(most.get()).isLessThanOrEqualTo(PLACES);
    assertThat(queue.waiting()).isZero();
    assertThat(placesReturned()).succeedsWithin(Duration.ofSeconds(30));
  }

  /** A change that runs may be committed: its caller must not be told that it was shed. */
  @Test
  void admit_timesRunOutAsPlacesGetFree_noCallThatRunsIsShed() {
    List<AtomicInteger> starts =
        IntStream.range(0, SHORT_CALLS).mapToObj(i -> new AtomicInteger()).toList();
    List<CompletableFuture<Boolean>> shed = new ArrayList<>();
    for (AtomicInteger started : starts) {
      shed.add(
          queue
              .admit(
                  CallScope.of(SHORT),
                  own -> {
                    started.incrementAndGet();
                    return CompletableFuture.supplyAsync(() -> "done", below);
                  })
              .handle((answer, failure) -> failure != null));
      while (queue.waiting() > 100) {
        Thread.onSpinWait();
      }
    }
    Futures.allOf(shed).orTimeout(30, TimeUnit.SECONDS).join();

    assertThat(
            IntStream.range(0, SHORT_CALLS)
                .filter(i -> shed.get(i).join() && starts.get(i).get() > 0))
        .isEmpty();
    assertThat(shed).extracting(CompletableFuture::join).contains(true, false);
  }

  private List<CompletableFuture<String>> calls(SplittableRandom random) {
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      CallScope caller = CallScope.of(Duration.ofMinutes(1));
      int kind = random.nextInt(4);
      CompletableFuture<String> call = queue.admit(caller, own -> work(kind));
      calls.add(call);
      switch (random.nextInt(8)) {
        case 0 -> caller.cancel();
        case 1 -> call.cancel(true);
        default -> {}
      }
    }
    return calls;
  }

  private CompletableFuture<String> work(int kind) {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    return switch (kind) {
      case 0 -> CompletableFuture.completedFuture(end("at once"));
      case 1 -> CompletableFuture.supplyAsync(this::fail, below);
      default -> CompletableFuture.supplyAsync(() -> end("later"), below);
    };
  }

  private String end(String answer) {
    running.decrementAndGet();
    return answer;
  }

  private String fail() {
    throw new IllegalStateException(end("fails"));
  }

  /** Completes when as many calls run at once as there are places. */
  private CompletableFuture<Void> placesReturned() {
    AtomicInteger here = new AtomicInteger();
    CompletableFuture<String> all = new CompletableFuture<>();
    return Futures.allOf(
        IntStream.range(0, PLACES)
            .mapToObj(i ->
                queue.admit(
                    CallScope.of(Duration.ofMinutes(1)),
                    own -> {
                      if (here.incrementAndGet() == PLACES) {
                        all.complete("all here");
                      }
                      return all;
                    }))
            .toList());
  }
}
