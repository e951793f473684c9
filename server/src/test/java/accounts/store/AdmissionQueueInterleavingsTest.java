package accounts.store;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits for ever, and no place is lost. Lincheck runs the interleavings. */
@Timeout(120)
final class AdmissionQueueInterleavingsTest {

  /** One place, and room to wait for all. Lincheck makes instances. */
  public static final class Queued {

    private final AdmissionQueue queue = new AdmissionQueue(1, 10);
    private final AtomicInteger running = new AtomicInteger();

    @Operation
    public String answered() {
      return queue.admit(scope(), this::call).join();
    }

    @Operation
    public String callerLeaves() {
      CallScope caller = scope();
      CompletableFuture<String> call = queue.admit(caller, this::call);
      caller.cancel();
      return call.handle((answer, failure) -> "over").join();
    }

    private CompletableFuture<String> call(CallScope own) {
      if (running.incrementAndGet() > 1) {
        throw new IllegalStateException("two calls on one place");
      }
      running.decrementAndGet();
      return CompletableFuture.completedFuture("done");
    }

    @Validate
    public void requireIdle() {
      if (queue.running() != 0 || queue.waiting() != 0) {
        throw new IllegalStateException("a call or a place was left behind");
      }
    }

    private static CallScope scope() {
      return CallScope.of(Duration.ofDays(1), () -> 0);
    }
  }

  /** What it is to look like: every call is answered, in any order. */
  public static final class Plain {

    public String answered() {
      return "done";
    }

    public String callerLeaves() {
      return "over";
    }
  }

  @Test
  void admit_anyInterleaving_endsEveryCall() {
    ModelCheckingOptions options =
        new ModelCheckingOptions()
            .threads(2)
            .actorsPerThread(2)
            .actorsBefore(0)
            .actorsAfter(0)
            .iterations(4)
            .invocationsPerIteration(100)
            .minimizeFailedScenario(false)
            .sequentialSpecification(Plain.class);
    options.check(Queued.class);

    assertThat(new Queued().answered()).isEqualTo("done");
  }
}
