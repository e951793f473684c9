package accounts.cache;

import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.CallScope;
import accounts.cache.weakened.AgeFromTheEnd;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No answer to a BOUNDED read was outdated longer ago than the bound, however threads take turns.
 * Lincheck runs them; every look at the clock takes a second.
 */
@Timeout(120)
final class NearCacheInterleavingsTest {

  private static final long TICK = Duration.ofSeconds(1).toNanos();
  private static final Duration BOUND = Duration.ofSeconds(4);
  private static final EntityKey<User> KEY = userKey("alice");
  private static final ReadOptions BOUNDED = new ReadOptions(Consistency.BOUNDED, Revision.NONE);

  /** A user that is changed and read. Lincheck makes instances of subclasses. */
  abstract static class Changing {

    private final AtomicLong clock = new AtomicLong();
    private final Store store = new Store();
    private final NearCache near;

    Changing(boolean ageFromTheBeginning) {
      AccountReads reads = ageFromTheBeginning ? store : new AgeFromTheEnd(store, this::now);
      this.near = new NearCache(reads, BOUND, 1 << 20, this::now);
    }

    private long now() {
      return clock.addAndGet(TICK);
    }

    boolean change() {
      store.change();
      return true;
    }

    /** Whether the answer was right at most the bound ago. */
    boolean read() {
      long came = now();
      long revision =
          near.getAll(List.of(KEY), BOUNDED, CallScope.of(Duration.ofMinutes(1)))
              .join()
              .get(KEY)
              .lookup()
              .revision()
              .value();
      return store.outdated(revision) >= came - BOUND.toNanos();
    }

    boolean drop() {
      near.drop(KEY);
      return true;
    }

    private final class Store implements AccountReads {

      /** When each revision was outdated by the next. */
      private final List<Long> changes = new ArrayList<>();

      synchronized void change() {
        changes.add(now());
      }

      synchronized long outdated(long revision) {
        return revision < changes.size() ? changes.get((int) revision) : Long.MAX_VALUE;
      }

      private synchronized long revision() {
        return changes.size();
      }

      @Override
      public CompletableFuture<Readings> getAll(
          Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
        long began = now();
        Lookup<User> lookup = new Lookup.Absent<>(new Revision(revision()));
        for (int i = 0; i < 500; i++) { // long enough for others to come in between
          Thread.onSpinWait();
        }
        return CompletableFuture.completedFuture(
            new Readings(Map.of(KEY, new Reading<>(lookup, Source.STORE, began, Stamp.NONE))));
      }

      @Override
      public CompletableFuture<Void> written(
          Map<EntityKey<?>, Lookup<?>> written, Readings seen, CallScope scope) {
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletableFuture<Void> rewritten(Collection<EntityKey<?>> keys, CallScope scope) {
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletableFuture<Void> doubted(Collection<EntityKey<?>> keys, CallScope scope) {
        return CompletableFuture.completedFuture(null);
      }
    }
  }

  /** As it is. */
  public static final class FromTheBeginning extends Changing {

    public FromTheBeginning() {
      super(true);
    }

    @Override
    @Operation
    public boolean change() {
      return super.change();
    }

    @Override
    @Operation
    public boolean read() {
      return super.read();
    }

    @Override
    @Operation
    public boolean drop() {
      return super.drop();
    }
  }

  /** Counts an answer's age from its end. */
  public static final class FromTheEnd extends Changing {

    public FromTheEnd() {
      super(false);
    }

    @Override
    @Operation
    public boolean change() {
      return super.change();
    }

    @Override
    @Operation
    public boolean read() {
      return super.read();
    }
  }

  /** What they are to look like: nothing is ever too old. */
  public static final class Right {

    public boolean change() {
      return true;
    }

    public boolean read() {
      return true;
    }

    public boolean drop() {
      return true;
    }
  }

  private static StressOptions options() {
    return new StressOptions()
        .threads(3)
        .actorsPerThread(6)
        .actorsBefore(0)
        .actorsAfter(0)
        .iterations(10)
        .invocationsPerIteration(1_000)
        .minimizeFailedScenario(false)
        .sequentialSpecification(Right.class);
  }

  @Test
  void read_anyInterleaving_isNotOlderThanTheBound() {
    options().check(FromTheBeginning.class);

    assertThat(new FromTheBeginning().read()).isTrue();
  }

  @Test
  void read_ageFromTheEnd_isConvicted() {
    assertThatThrownBy(() -> options().iterations(100).check(FromTheEnd.class))
        .hasMessageContaining("Invalid execution results");
  }
}
