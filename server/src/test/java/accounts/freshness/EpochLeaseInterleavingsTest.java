package accounts.freshness;

import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import accounts.freshness.EpochLease.Moment;
import accounts.store.FleetState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Renewals that overlap never take an instance back: a renewal that ends leaves a view at least as
 * new as what was in the table when it began, which is what a raise waits for. Lincheck runs the
 * interleavings.
 */
@Timeout(120)
final class EpochLeaseInterleavingsTest {

  private static final List<FleetState> STATES =
      IntStream.range(0, 10).mapToObj(epoch -> state("first", epoch)).toList();

  private static final ScheduledThreadPoolExecutor NO_TIMER = new ScheduledThreadPoolExecutor(0);

  /** An epoch in the table, and an instance that renews its lease on it. */
  abstract static class Instance {

    final AtomicInteger table = new AtomicInteger(1);
    final AtomicLong clock = new AtomicLong();

    int raise() {
      return table.incrementAndGet();
    }
  }

  /** As it is. */
  public static final class Leased extends Instance {

    private final EpochLease lease =
        new EpochLease(
            Duration.ofDays(1), Duration.ZERO, clock::incrementAndGet, () -> 0, NO_TIMER);

    public Leased() {
      lease.confirm(STATES.get(1), new Moment(0, 0), new Moment(0, 0));
    }

    @Override
    @Operation
    public int raise() {
      return super.raise();
    }

    @Operation
    public int renew() {
      Moment began = lease.now();
      FleetState read = STATES.get(table.get());
      lease.confirm(read, began, lease.now());
      return Math.toIntExact(lease.view().orElseThrow().state().epochs().values().getFirst());
    }
  }

  /** Takes over whatever comes. */
  public static final class Lax extends Instance {

    private final AtomicInteger known = new AtomicInteger(1);

    @Override
    @Operation
    public int raise() {
      return super.raise();
    }

    @Operation
    public int renew() {
      known.set(table.get());
      return known.get();
    }
  }

  /** The sequential specification. */
  public static final class Plain {

    private int epoch = 1;

    public int raise() {
      epoch++;
      return epoch;
    }

    public int renew() {
      return epoch;
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
        // What these compute of 256 values that never change is the same in any interleaving.
        .addGuarantee(forClasses(EpochLease.class.getName()).methods("isBehind", "later").ignore())
        .sequentialSpecification(Plain.class);
  }

  @Test
  void renew_anyInterleaving_neverGoesBack() {
    options().check(Leased.class);
    options().threads(3).iterations(3).check(Leased.class);

    assertThat(new Leased().renew()).isEqualTo(1);
  }

  @Test
  void renew_takingOverWhateverComes_isDetected() {
    assertThatThrownBy(() -> options().iterations(50).check(Lax.class))
        .hasMessageContaining("Invalid execution results");
  }
}
