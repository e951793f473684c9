package accounts.read;

import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.service.Consistency;
import accounts.service.EntityReader;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import accounts.service.Source;
import accounts.service.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
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

  /** Dates answers wrongly, by the end of the read. */
  private static EntityReader datedByTheEnd(EntityReader reads, LongSupplier clock) {
    return (keys, options, scope) ->
        reads
            .getAll(keys, options, scope)
            .thenApply(results -> {
              ReadResult<User> result = results.get(KEY);
              return new ReadResults(
                  Map.of(
                      KEY,
                      new ReadResult<>(
                          result.lookup(), result.source(), clock.getAsLong(), result.stamp())));
            });
  }

  /** A user that is changed and read. Lincheck makes instances of subclasses. */
  abstract static class Changing {

    private final AtomicLong clock = new AtomicLong();
    private final Store store = new Store();
    private final NearCache near;

    Changing(boolean ageFromTheBeginning) {
      EntityReader reads = ageFromTheBeginning ? store : datedByTheEnd(store, this::now);
      this.near = new NearCache(reads, BOUND, 1 << 20, this::now, ReadObserver.NONE);
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
      long arrivedAt = now();
      long revision =
          near.getAll(List.of(KEY), BOUNDED, CallScope.of(Duration.ofMinutes(1)))
              .join()
              .get(KEY)
              .lookup()
              .revision()
              .value();
      return store.outdated(revision) >= arrivedAt - BOUND.toNanos();
    }

    boolean drop() {
      near.drop(KEY);
      return true;
    }

    private final class Store implements EntityReader {

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
      public CompletableFuture<ReadResults> getAll(
          Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
        long began = now();
        Lookup<User> lookup = new Lookup.Absent<>(new Revision(revision()));
        return CompletableFuture.completedFuture(
            new ReadResults(
                Map.of(KEY, new ReadResult<>(lookup, Source.STORE, began, Stamp.NONE))));
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

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(4)
        .actorsBefore(0)
        .actorsAfter(0)
        .iterations(10)
        .invocationsPerIteration(300)
        .minimizeFailedScenario(false)
        // Its calls take place at one moment each.
        .addGuarantee(
            forClasses(name -> name.startsWith("com.github.benmanes.caffeine"))
                .allMethods()
                .treatAsAtomic())
        .sequentialSpecification(Right.class);
  }

  @Test
  void read_anyInterleaving_isNotOlderThanTheBound() {
    options().check(FromTheBeginning.class);

    assertThat(new FromTheBeginning().read()).isTrue();
  }

  @Test
  void read_ageFromTheEnd_isDetected() {
    assertThatThrownBy(() -> options().iterations(100).check(FromTheEnd.class))
        .hasMessageContaining("Invalid execution results");
  }
}
