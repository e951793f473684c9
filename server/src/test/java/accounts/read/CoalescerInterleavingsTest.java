package accounts.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.Trace;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reads of a register through a coalescer are linearizable, which is what the rule for joining is
 * for. Lincheck runs the interleavings.
 */
@Timeout(120)
final class CoalescerInterleavingsTest {

  /** A register that is read through a coalescer. Lincheck makes instances of subclasses. */
  abstract static class Register {

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger value = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final Coalescer<String, Integer> coalescer =
        new Coalescer<>(clock::incrementAndGet, ReadObserver.NONE);
    private final boolean tellsArrival;

    Register(boolean tellsArrival) {
      this.tellsArrival = tellsArrival;
    }

    int add() {
      return value.incrementAndGet();
    }

    int get() {
      long now = clock.incrementAndGet();
      return coalescer.load("k", tellsArrival ? now : 0, Trace.NONE, this::load).join();
    }

    private CompletableFuture<Integer> load() {
      if (running.incrementAndGet() > 1) {
        throw new IllegalStateException("two loads of one key at once");
      }
      int seen = value.get();
      running.decrementAndGet();
      return CompletableFuture.completedFuture(seen);
    }

    void requireIdle() {
      if (coalescer.inFlight() != 0) {
        throw new IllegalStateException("a load was left behind");
      }
    }
  }

  /** As it is. */
  public static final class Ruled extends Register {

    public Ruled() {
      super(true);
    }

    @Override
    @Operation
    public int add() {
      return super.add();
    }

    @Override
    @Operation
    public int get() {
      return super.get();
    }

    @Override
    @Validate
    public void requireIdle() {
      super.requireIdle();
    }
  }

  /** Says that it arrived before everything, and so joins whatever runs. */
  public static final class Lax extends Register {

    public Lax() {
      super(false);
    }

    @Override
    @Operation
    public int add() {
      return super.add();
    }

    @Override
    @Operation
    public int get() {
      return super.get();
    }
  }

  /** The sequential specification: nothing is shared. */
  public static final class Plain {

    private int value;

    public int add() {
      value++;
      return value;
    }

    public int get() {
      return value;
    }
  }

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(0)
        .iterations(6)
        .invocationsPerIteration(150)
        .minimizeFailedScenario(false)
        .sequentialSpecification(Plain.class);
  }

  @Test
  void load_anyInterleaving_isAsIfAlone() {
    options().check(Ruled.class);
    options().threads(3).iterations(2).check(Ruled.class);

    assertThat(new Ruled().get()).isZero();
  }

  @Test
  void load_joinsWhateverRuns_isDetected() {
    assertThatThrownBy(() -> options().iterations(50).check(Lax.class))
        .hasMessageContaining("Invalid execution results");
  }
}
