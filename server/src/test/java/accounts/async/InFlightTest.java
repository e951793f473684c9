package accounts.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class InFlightTest {

  private final InFlight inFlight = new InFlight();
  private final CompletableFuture<String> first = new CompletableFuture<>();
  private final CompletableFuture<String> second = new CompletableFuture<>();

  @Test
  void ended_nothingInFlight_isCompleteAtOnce() {
    assertThat(inFlight.ended()).isCompleted();
  }

  @Test
  void ended_someInFlight_completesWithTheLast() {
    var unused = inFlight.track(first);
    var unusedToo = inFlight.track(second);
    CompletableFuture<Void> ended = inFlight.ended();
    second.complete("done");
    assertThat(ended).isNotDone();

    first.completeExceptionally(new IllegalStateException("broken"));

    assertThat(ended).isCompleted();
  }

  @Test
  void ended_earlierWorkIsDone_countsOnlyWhatIsInFlight() {
    first.complete("done");
    var unused = inFlight.track(first);

    assertThat(inFlight.ended()).isCompleted();
  }

  @Test
  void track_completes_hasTheResultOfTheWork() {
    CompletableFuture<String> tracked = inFlight.track(first);
    first.complete("done");

    assertThat(tracked).isCompletedWithValue("done");
  }
}
