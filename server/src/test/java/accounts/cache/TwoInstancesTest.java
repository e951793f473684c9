package accounts.cache;

import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.User;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.InMemoryAccountStore;
import accounts.store.InMemoryEpochStore;
import accounts.store.RecordingAccountStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances on one cache and one store, one of them cut off from the cache. */
final class TwoInstancesTest {

  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final EntityKey<User> KEY = userKey("alice");
  private static final User FIRST = user("alice");
  private static final User SECOND = renamed(FIRST);

  private final InMemoryAccountCache cache = new InMemoryAccountCache();
  private final InMemoryAccountStore truth = new InMemoryAccountStore();
  private final InMemoryEpochStore epochs = new InMemoryEpochStore();
  private final AtomicLong nanos = new AtomicLong();
  private final Instance writer = new Instance();
  private final Instance reader = new Instance();

  /** An instance; renews its lease only when the test says so. */
  private final class Instance implements Barrier {

    final RecordingAccountCache way = new RecordingAccountCache(cache);
    final RecordingAccountStore store = new RecordingAccountStore(truth);
    final EpochLease lease = new EpochLease(LEASE, nanos::get);
    final EpochRenewal renewal = new EpochRenewal(epochs, lease, LEASE, nanos::get);
    final AccountReads reads = ReadSide.over(new TrustedCache(way, lease), store, this);
    Runnable afterRaise = () -> {};

    /** Waits by the test's clock. */
    @Override
    public CompletableFuture<Void> raise(Collection<EntityKey<?>> keys, CallScope scope) {
      return new EpochBarrier(epochs, Duration.ofSeconds(20), Duration.ZERO)
          .raise(keys, scope)
          .thenRun(() -> {
            afterRaise.run();
            nanos.addAndGet(LEASE.toNanos());
          });
    }

    void renew() {
      renewal.renew(scope()).join();
    }

    Reading<User> get() {
      return look().get(KEY);
    }

    Readings look() {
      return reads.getAll(List.of(KEY), ReadOptions.DEFAULT, scope()).join();
    }

    CompletableFuture<Void> write() {
      Readings seen = look();
      commit(new Change.Replace(SECOND));
      return reads.written(Map.of(KEY, new Lookup.Found<>(SECOND)), seen, scope());
    }
  }

  @BeforeEach
  void cacheTheFirst() {
    commit(new Change.Create(FIRST));
    writer.renew();
    reader.renew();
    reader.get();
    assertThat(reader.get().source()).isEqualTo(Source.CACHE);
  }

  @Test
  void written_bothReachTheCache_isReadFromTheCacheAtOnce() {
    writer.write().join();

    assertThat(reader.get().lookup()).isEqualTo(new Lookup.Found<>(SECOND));
    assertThat(reader.get().source()).isEqualTo(Source.CACHE);
    assertThat(epochs.raised).isEmpty();
  }

  @Test
  void written_writerCutOff_isReadAfterTheAcknowledgement() {
    writer.way.away = true;
    writer.write().join();

    assertThat(reader.get())
        .satisfies(
            reading -> assertThat(reading.lookup()).isEqualTo(new Lookup.Found<>(SECOND)),
            reading -> assertThat(reading.source()).isEqualTo(Source.STORE));
  }

  @Test
  void written_writerCutOffAndReaderRenewsJustBefore_isReadAfterTheAcknowledgement() {
    writer.way.away = true;
    CompletableFuture<Void> written;
    reader.renew();
    written = writer.write();
    written.join();
    reader.renew();

    assertThat(reader.get().lookup()).isEqualTo(new Lookup.Found<>(SECOND));
    assertThat(reader.get())
        .satisfies(
            reading -> assertThat(reading.lookup()).isEqualTo(new Lookup.Found<>(SECOND)),
            reading -> assertThat(reading.source()).isEqualTo(Source.CACHE));
  }

  // What the wait is for.
  @Test
  void written_writerCutOffAndWaitNotOver_readerMayStillTrustTheCache() {
    writer.way.away = true;
    CompletableFuture<Lookup<User>> during = new CompletableFuture<>();
    writer.afterRaise = () -> during.complete(reader.get().lookup());
    writer.write().join();

    assertThat(during).isCompletedWithValue(new Lookup.Found<>(FIRST));
    assertThat(reader.get().lookup()).isEqualTo(new Lookup.Found<>(SECOND));
  }

  @Test
  void written_writerCutOff_itsOwnReadsAreFreshWhenTheCacheIsBack() {
    writer.way.away = true;
    writer.write().join();
    writer.way.away = false;

    assertThat(writer.get().lookup()).isEqualTo(new Lookup.Found<>(SECOND));
    writer.renew();
    assertThat(writer.get().lookup()).isEqualTo(new Lookup.Found<>(SECOND));
  }

  @Test
  void written_neitherCacheNorEpochsInReach_isNotAcknowledged() {
    writer.way.away = true;
    epochs.away = true;

    assertThat(writer.write()).failsWithin(Duration.ofSeconds(20));
  }

  // A fill under the epoch from before the change.
  @Test
  void written_writerCutOffDuringASlowRead_theReadersFillCountsForNothing() {
    cache.flush();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    reader.store.readsGate = gate;
    CompletableFuture<Readings> slow =
        reader.reads.getAll(List.of(KEY), ReadOptions.DEFAULT, scope());
    reader.store.readsGate = CompletableFuture.completedFuture(null);
    writer.way.away = true;
    writer.write().join();
    reader.renew();
    gate.complete(null);

    assertThat(slow.join().get(KEY).lookup()).isEqualTo(new Lookup.Found<>(FIRST));
    assertThat(reader.get().lookup()).isEqualTo(new Lookup.Found<>(SECOND));
  }

  @Test
  void getAll_leaseLapsed_readsTheStoreAndFillsNothing() {
    nanos.addAndGet(LEASE.toNanos());
    reader.way.fills.clear();

    assertThat(reader.get().source()).isEqualTo(Source.STORE);
    assertThat(reader.way.fills).isEmpty();
  }

  private void commit(Change change) {
    assertThat(truth.commit(new Commit(List.of(change), Optional.empty()), scope()).join())
        .isEqualTo(new CommitResult.Committed());
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
