package accounts.audit;

import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.ManualTimer;
import accounts.cache.Cell;
import accounts.cache.CellKey;
import accounts.cache.InMemoryCellCache;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.freshness.CellReads;
import accounts.freshness.CellRequirement;
import accounts.freshness.CellStep;
import accounts.freshness.HeldLease;
import accounts.read.Coalescer;
import accounts.read.NearCache;
import accounts.read.ReadAside;
import accounts.read.ReadObserver;
import accounts.read.ReadObservers;
import accounts.service.Consistency;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.Source;
import accounts.service.Stamp;
import accounts.store.AdmissionQueue;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.FleetStates;
import accounts.store.InMemoryAccountStore;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HintAuditorTest {

  private static final EntityKey<User> KEY = userKey("alice");
  private static final EntityKey<User> BOB = userKey("bob");
  private static final User FIRST = user("alice");
  private static final User SECOND = renamed(FIRST);
  private static final Revision OLD = FIRST.revision();
  private static final Revision NEW = SECOND.revision();
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final String BEHIND = "accounts_audit_behind_hints";

  private final ManualTimer timer = new ManualTimer();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final AuditCounts counts = new AuditCounts(registry);
  private final AuditMetrics metrics = new AuditMetrics(registry);
  private final HintAuditor auditor = new HintAuditor(timer::nanoTime, metrics);

  @Test
  void answered_readBeganAfterAHintOfALaterRevision_isBehind() {
    auditor.heard(KEY, NEW);
    timer.advance(MOMENT);
    answered(OLD, Source.CACHE);

    assertThat(counts.of(BEHIND)).isEqualTo(1);
  }

  @Test
  void answered_atTheHintsRevisionOrLater_isRight() {
    auditor.heard(KEY, OLD);
    timer.advance(MOMENT);
    answered(OLD, Source.CACHE);
    answered(NEW, Source.CACHE);

    assertThat(counts.of(BEHIND)).isZero();
  }

  // It may have been answered before the write was acknowledged.
  @Test
  void answered_readBeganBeforeTheHintWasHeard_isRight() {
    long began = timer.nanoTime();
    timer.advance(MOMENT);
    auditor.heard(KEY, NEW);
    answered(OLD, Source.CACHE, began);
    answered(OLD, Source.CACHE, timer.nanoTime());

    assertThat(counts.of(BEHIND)).isZero();
  }

  @Test
  void answered_hintsOutOfOrder_laterRevisionCounts() {
    auditor.heard(KEY, NEW);
    auditor.heard(KEY, OLD);
    timer.advance(MOMENT);
    answered(OLD, Source.CACHE);

    assertThat(counts.of(BEHIND)).isEqualTo(1);
  }

  @Test
  void answered_hintOfAnotherKey_isRight() {
    auditor.heard(BOB, NEW);
    timer.advance(MOMENT);
    answered(OLD, Source.CACHE);

    assertThat(counts.of(BEHIND)).isZero();
  }

  @Test
  void answered_notAFreshHit_isNotJudged() {
    auditor.heard(KEY, NEW);
    timer.advance(MOMENT);
    answered(OLD, Source.STORE);
    auditor.answered(
        new ReadOptions(Consistency.BOUNDED, Revision.NONE),
        KEY,
        result(OLD, Source.CACHE, timer.nanoTime()));

    assertThat(counts.of(BEHIND)).isZero();
  }

  // As a writer that acknowledges without telling the cache: the repair heals it in a moment.
  @Test
  void answered_violationThatTheRepairHeals_isReportedHereAndMissedByTheSample() {
    Duration grace = Duration.ofSeconds(10);
    InMemoryCellCache cache = new InMemoryCellCache();
    InMemoryAccountStore store = new InMemoryAccountStore();
    HeldLease held = new HeldLease(FleetStates.state("first", 10));
    CellReads cells =
        new CellReads(
            cache,
            cache,
            Duration.ofSeconds(1),
            held.lease(),
            AdmissionQueue.fixed("queue", 100, 100));
    Auditor sampling = new Auditor(cells, store, 1, grace, grace, timer::nanoTime, timer, metrics);
    NearCache reads = reads(cells, store, new ReadObservers(List.of(auditor, sampling)));
    commit(store, new Change.Create(FIRST));
    CellKey cell = held.view().cellOf(KEY);
    cache.put(cell, new Cell.Value(10, new Lookup.Found<>(FIRST)));

    commit(store, new Change.Replace(SECOND));
    auditor.heard(KEY, NEW);
    timer.advance(MOMENT);
    assertThat(get(reads)).isEqualTo(OLD);
    timer.advance(Duration.ofMillis(500));
    new CellStep(cache)
        .settle(cell, new CellRequirement.AtLeast(NEW), Optional.empty(), scope())
        .join();
    timer.advance(grace);

    assertThat(get(reads)).isEqualTo(NEW);
    assertThat(counts.of(BEHIND)).isEqualTo(1);
    assertThat(counts.of("accounts_audit_samples")).isEqualTo(1);
    assertThat(counts.of("accounts_audit_stale")).isZero();
  }

  private NearCache reads(CellReads cells, InMemoryAccountStore store, ReadObserver observer) {
    Duration timeout = Duration.ofSeconds(20);
    return new NearCache(
        new ReadAside(
            cells,
            store,
            timeout,
            timeout,
            timer::nanoTime,
            timer,
            new Coalescer<EntityKey<?>, ReadResult<?>>(timer::nanoTime, observer),
            observer),
        Duration.ofSeconds(1),
        1 << 20,
        timer::nanoTime,
        observer);
  }

  private static Revision get(NearCache reads) {
    return reads
        .getAll(List.of(KEY), ReadOptions.DEFAULT, scope())
        .join()
        .get(KEY)
        .lookup()
        .revision();
  }

  private static void commit(InMemoryAccountStore store, Change change) {
    store.commit(new Commit(List.of(change), Optional.empty(), List.of()), scope()).join();
  }

  private void answered(Revision revision, Source source) {
    answered(revision, source, timer.nanoTime());
  }

  private void answered(Revision revision, Source source, long asOf) {
    auditor.answered(ReadOptions.DEFAULT, KEY, result(revision, source, asOf));
  }

  private static ReadResult<User> result(Revision revision, Source source, long asOf) {
    return new ReadResult<>(new Lookup.Absent<>(revision), source, asOf, Stamp.NONE);
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
