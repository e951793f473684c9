package accounts.read;

import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.ManualTimer;
import accounts.cache.CacheLink;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellKey;
import accounts.cache.InMemoryCellCache;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.freshness.CellReads;
import accounts.freshness.CellStep;
import accounts.freshness.CommitStep;
import accounts.freshness.EpochBarrier;
import accounts.freshness.EpochLease;
import accounts.freshness.EpochLease.Moment;
import accounts.freshness.Escalation;
import accounts.freshness.Minter;
import accounts.freshness.Notices;
import accounts.repair.RecordingRepairObserver;
import accounts.repair.Repairer;
import accounts.repair.StreamEvent;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import accounts.service.Source;
import accounts.service.Stamp;
import accounts.service.WriteEffects;
import accounts.store.AdmissionQueue;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.Epochs;
import accounts.store.FleetStates;
import accounts.store.InMemoryAccountStore;
import accounts.store.InMemoryFleetStateStore;
import accounts.store.InMemoryNoticeStore;
import accounts.store.Notice;
import accounts.store.RecordingAccountStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances on one cache and one store, one of them at times cut off from the cache. */
final class TwoInstancesTest {

  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofMillis(1200);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration STEP = Duration.ofMillis(50);

  /** Longer than a writer tries before it raises. */
  private static final Duration LONG = Duration.ofSeconds(10);

  private static final EntityKey<User> KEY = userKey("alice");
  private static final CellKey CELL = CellKey.of("first", KEY);
  private static final User FIRST = user("alice");
  private static final User SECOND = renamed(FIRST);
  private static final Lookup<User> OLD = new Lookup.Found<>(FIRST);
  private static final Lookup<User> NEW = new Lookup.Found<>(SECOND);

  private final ManualTimer timer = new ManualTimer();
  private final InMemoryCellCache cache = new InMemoryCellCache();
  private final InMemoryAccountStore truth = new InMemoryAccountStore();
  private final InMemoryFleetStateStore states = new InMemoryFleetStateStore();
  private final InMemoryNoticeStore notices = new InMemoryNoticeStore();
  private final AtomicInteger ids = new AtomicInteger();
  private boolean repairActive;
  private final Instance writer = new Instance();
  private final Instance reader = new Instance();

  /** An instance; its lease is renewed as time passes, unless the test says otherwise. */
  private final class Instance {

    final CacheLink link = new CacheLink(cache);
    final RecordingAccountStore store = new RecordingAccountStore(truth);
    final EpochLease lease = new EpochLease(LEASE, timer::nanoTime, this::millis, timer);
    final CellStep step = new CellStep(link);
    final ReadAside reads =
        new ReadAside(
            new CellReads(
                link, link, Duration.ofSeconds(1), lease, AdmissionQueue.fixed("queue", 100, 100)),
            store,
            TIMEOUT,
            TIMEOUT,
            timer::nanoTime,
            timer,
            new Coalescer<EntityKey<?>, ReadResult<?>>(timer::nanoTime, ReadObserver.NONE),
            ReadObserver.NONE);
    final CommitStep commits =
        new CommitStep(
            step,
            lease,
            new EpochBarrier(
                states,
                new Minter(
                    CompletableFuture.completedFuture("table-1"),
                    FleetStates.SETTINGS,
                    new Random(1)),
                LEASE,
                TIMEOUT,
                timer,
                timer::nanoTime),
            new Escalation(
                new Notices(notices, () -> "n" + ids.incrementAndGet(), timer::nanoTime, timer),
                () -> repairActive,
                Duration.ofMillis(250),
                Duration.ofSeconds(2)),
            timer);
    final Repairer repairer =
        new Repairer(step, lease::view, notices, TIMEOUT, new RecordingRepairObserver());
    boolean renews = true;

    private long millis() {
      return TimeUnit.NANOSECONDS.toMillis(timer.nanoTime());
    }

    void renew() {
      Moment began = lease.now();
      lease.confirm(states.read(scope()).join().state().orElseThrow(), began, lease.now());
    }

    ReadResult<User> get() {
      return reads.getAll(List.of(KEY), ReadOptions.DEFAULT, scope()).join().get(KEY);
    }

    CompletableFuture<Void> write() {
      Stamp stamp = get().stamp();
      commit(new Change.Replace(SECOND));
      return tell(stamp);
    }

    CompletableFuture<Void> tell(Stamp stamp) {
      return commits.committed(
          new WriteEffects(Map.of(KEY, NEW), Map.of(), Map.of(KEY, stamp)), scope());
    }

    /** Does what the table's stream brings. */
    void repair() {
      List<StreamEvent> events =
          List.copyOf(notices.open()).stream()
              .<StreamEvent>map(notice -> new StreamEvent.NoticeLeft(notice))
              .toList();
      repairer.handle(events).join();
    }
  }

  @BeforeEach
  void cacheTheFirst() {
    states.put(state("first", 10));
    commit(new Change.Create(FIRST));
    pass(WAIT.multipliedBy(2));
    reader.get();
    assertThat(reader.get().source()).isEqualTo(Source.CACHE);
  }

  private void pass(Duration time) {
    for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
      for (Instance instance : List.of(writer, reader)) {
        if (instance.renews) {
          instance.renew();
        }
      }
      timer.advance(STEP);
    }
  }

  private void passUntilDone(CompletableFuture<Void> written) {
    for (Duration left = LONG; left.isPositive() && !written.isDone(); left = left.minus(STEP)) {
      pass(STEP);
    }
    assertThat(written).isCompleted();
  }

  // Both reach the cache.

  @Test
  void committed_bothReachTheCache_isReadFromTheCacheAtOnce() {
    assertThat(writer.write()).isCompleted();

    assertThat(reader.get().lookup()).isEqualTo(NEW);
    assertThat(reader.get().source()).isEqualTo(Source.CACHE);
    assertThat(states.raised).isEmpty();
  }

  @Test
  void committed_slowReaderFillsAfterwards_changesNothing() {
    cache.flush();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CompletableFuture<ReadResults> slow = readSlowly(gate);
    commit(new Change.Replace(SECOND));
    assertThat(writer.tell(Stamp.NONE)).isCompleted();
    gate.complete(null);

    assertThat(slow.join().get(KEY).lookup()).isEqualTo(OLD);
    assertThat(reader.get().lookup()).isEqualTo(NEW);
  }

  @Test
  void committed_cacheLostItsCellBefore_putsNothingAndIsReadFromTheStore() {
    Stamp stamp = writer.get().stamp();
    commit(new Change.Replace(SECOND));
    cache.flush();
    assertThat(writer.tell(stamp)).isCompleted();

    assertThat(cache.peek(CELL)).isEqualTo(new CellAnswer.Nothing());
    assertThat(reader.get())
        .extracting(ReadResult::lookup, ReadResult::source)
        .containsExactly(NEW, Source.STORE);
  }

  // What the slow reader claimed is lost: its fill must not come back.
  @Test
  void committed_cacheLostAClaimMeanwhile_theSlowFillChangesNothing() {
    cache.flush();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CompletableFuture<ReadResults> slow = readSlowly(gate);
    cache.flush();
    commit(new Change.Replace(SECOND));
    assertThat(writer.tell(Stamp.NONE)).isCompleted();
    gate.complete(null);

    assertThat(slow).isCompleted();
    assertThat(cache.peek(CELL)).isEqualTo(new CellAnswer.Nothing());
    assertThat(reader.get().lookup()).isEqualTo(NEW);
  }

  // The writer is cut off, and nobody runs the repair.

  @Test
  void committed_writerCutOff_raisesOneShardAndIsReadAfterTheAcknowledgement() {
    writer.link.cut = true;
    CompletableFuture<Void> written = writer.write();
    assertThat(written).isNotDone();
    passUntilDone(written);

    assertThat(states.raised).containsExactly(Set.of(Epochs.shardOf(KEY)));
    assertThat(reader.get())
        .extracting(ReadResult::lookup, ReadResult::source)
        .containsExactly(NEW, Source.STORE);
    assertThat(reader.get().source()).isEqualTo(Source.CACHE);
  }

  // What the wait is for.
  @Test
  void committed_writerCutOffAndReaderCannotRenew_isAcknowledgedWhenItsLeaseIsOver() {
    writer.link.cut = true;
    CompletableFuture<Void> written = writer.write();
    pass(Duration.ofSeconds(2).minus(STEP));
    reader.renews = false;
    pass(Duration.ofMillis(500));
    assertThat(states.raised).hasSize(1);
    assertThat(written).isNotDone();
    assertThat(reader.get())
        .extracting(ReadResult::lookup, ReadResult::source)
        .containsExactly(OLD, Source.CACHE);
    passUntilDone(written);

    assertThat(reader.get().lookup()).isEqualTo(NEW);
  }

  @Test
  void committed_writerCutOff_itsOwnReadsAreFreshWhenTheCacheIsBack() {
    writer.link.cut = true;
    passUntilDone(writer.write());
    writer.link.cut = false;

    assertThat(writer.get().lookup()).isEqualTo(NEW);
    writer.renew();
    assertThat(writer.get().lookup()).isEqualTo(NEW);
  }

  // A fill under the epoch from before the change.
  @Test
  void committed_writerCutOffDuringASlowRead_theReadersFillIsWorthNothing() {
    cache.flush();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CompletableFuture<ReadResults> slow = readSlowly(gate);
    writer.link.cut = true;
    commit(new Change.Replace(SECOND));
    passUntilDone(writer.tell(Stamp.NONE));
    gate.complete(null);

    assertThat(slow.join().get(KEY).lookup()).isEqualTo(OLD);
    assertThat(cell()).isEqualTo(new Cell.Value(10, OLD));
    assertThat(reader.get().lookup()).isEqualTo(NEW);
  }

  @Test
  void committed_neitherCacheNorEpochsReachable_isNotAcknowledged() {
    writer.link.cut = true;
    CompletableFuture<Void> written = writer.write();
    writer.renews = false;
    reader.renews = false;
    states.away = true;
    pass(LONG);

    assertThat(written).isCompletedExceptionally();
  }

  // An instance that has not heard of the raise meets an answer of one that has.
  @Test
  void getAll_anotherInstanceKnowsALaterEpoch_readsTheStoreAndLeavesItsAnswer() {
    states.raise(state("first", 10), Set.of(Epochs.shardOf(KEY)), scope()).join();
    writer.renew();
    assertThat(writer.get().source()).isEqualTo(Source.STORE);
    Cell filled = cell();

    assertThat(filled).isEqualTo(new Cell.Value(11, OLD));
    assertThat(reader.get())
        .extracting(ReadResult::lookup, ReadResult::source)
        .containsExactly(OLD, Source.STORE);
    assertThat(cell()).isEqualTo(filled);
    reader.renew();
    assertThat(reader.get().source()).isEqualTo(Source.CACHE);
  }

  // The writer is cut off, and the other instance runs the repair.

  @Test
  void committed_writerCutOffAndRepairRuns_isAcknowledgedWithoutARaise() {
    repairActive = true;
    writer.link.cut = true;
    CompletableFuture<Void> written = writer.write();
    pass(Duration.ofMillis(300));
    assertThat(notices.open())
        .extracting(Notice::keys)
        .containsExactly(Map.of(KEY, new Revision(2)));
    assertThat(written).isNotDone();
    reader.repair();
    pass(Duration.ofMillis(100));

    assertThat(written).isCompleted();
    assertThat(reader.get().lookup()).isEqualTo(NEW);
    assertThat(states.raised).isEmpty();
  }

  // The lease.

  @Test
  void getAll_leaseLapsed_readsTheStoreAndFillsNothing() {
    reader.renews = false;
    pass(LEASE);
    cache.flush();

    assertThat(reader.get().source()).isEqualTo(Source.STORE);
    assertThat(cache.peek(CELL)).isEqualTo(new CellAnswer.Nothing());
  }

  // The epochs item was deleted: nobody may go by the new one while anybody goes by the old one.
  @Test
  void committed_newIncarnation_isAcknowledgedWhenTheOldLeaseIsOver() {
    reader.renews = false;
    states.put(state("second", 99));
    writer.renew();
    Stamp stamp = writer.get().stamp();
    commit(new Change.Replace(SECOND));
    CompletableFuture<Void> written = writer.tell(stamp);
    assertThat(written).isNotDone();
    assertThat(reader.get())
        .extracting(ReadResult::lookup, ReadResult::source)
        .containsExactly(OLD, Source.CACHE);
    passUntilDone(written);

    assertThat(reader.get().lookup()).isEqualTo(NEW);
    assertThat(writer.get().lookup()).isEqualTo(NEW);
    assertThat(states.raised).isEmpty();
  }

  private CompletableFuture<ReadResults> readSlowly(CompletableFuture<Void> gate) {
    reader.store.readsGate = gate;
    CompletableFuture<ReadResults> slow =
        reader.reads.getAll(List.of(KEY), ReadOptions.DEFAULT, scope());
    reader.store.readsGate = CompletableFuture.completedFuture(null);
    return slow;
  }

  private Cell cell() {
    return ((CellAnswer.Seen) cache.peek(CELL)).cell();
  }

  private void commit(Change change) {
    assertThat(
            truth.commit(new Commit(List.of(change), Optional.empty(), List.of()), scope()).join())
        .isEqualTo(new CommitResult.Committed());
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofMinutes(1));
  }
}
