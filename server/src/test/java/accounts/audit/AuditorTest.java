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
import accounts.freshness.HeldLease;
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
import accounts.store.RecordingAccountStore;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AuditorTest {

  private static final long EPOCH = 10;
  private static final EntityKey<User> KEY = userKey("alice");
  private static final CellKey CELL = CellKey.of("first", KEY);
  private static final User FIRST = user("alice");
  private static final User SECOND = renamed(FIRST);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Revision OLD = FIRST.revision();
  private static final Revision NEW = SECOND.revision();

  private final ManualTimer timer = new ManualTimer();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final AuditCounts counts = new AuditCounts(registry);
  private final InMemoryCellCache cache = new InMemoryCellCache();
  private final HeldLease held = new HeldLease(FleetStates.state("first", EPOCH));
  private final RecordingAccountStore store = new RecordingAccountStore(new InMemoryAccountStore());
  private final Auditor auditor =
      new Auditor(
          new CellReads(
              cache,
              cache,
              Duration.ofSeconds(1),
              held.lease(),
              AdmissionQueue.fixed("queue", 100, 100)),
          store,
          1,
          GRACE,
          TIMEOUT,
          timer::nanoTime,
          timer,
          new AuditMetrics(registry));

  AuditorTest() {
    commit(new Change.Create(FIRST));
  }

  @Test
  void offer_cacheStaysBehindTheStore_isStaleForAsLong() {
    commit(new Change.Replace(SECOND));
    cached(FIRST);
    auditor.offer(KEY, OLD);
    timer.advance(GRACE);
    assertThat(counts.of("accounts_audit_stale")).isEqualTo(1);
    assertThat(counts.staleAges()).isZero();
    cache.flush();
    timer.advance(GRACE);

    assertThat(counts.of("accounts_audit_stale")).isEqualTo(1);
    assertThat(counts.staleAges()).isEqualTo(1);
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void offer_staleForEver_isWatchedForAMinute() {
    commit(new Change.Replace(SECOND));
    cached(FIRST);
    auditor.offer(KEY, OLD);
    timer.advance(Duration.ofMinutes(1).plus(GRACE));

    assertThat(counts.of("accounts_audit_stale")).isEqualTo(1);
    assertThat(counts.staleAges()).isEqualTo(1);
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void offer_writeOnlyNotYetAcknowledged_isNotStale() {
    commit(new Change.Replace(SECOND));
    auditor.offer(KEY, OLD);
    cached(SECOND);
    timer.advance(GRACE);

    assertThat(counts.of("accounts_audit_samples")).isEqualTo(1);
    assertThat(counts.of("accounts_audit_stale")).isZero();
  }

  // What nobody believes is not answered.
  @Test
  void offer_cacheHoldsAnOlderEpoch_isNotStale() {
    commit(new Change.Replace(SECOND));
    cached(FIRST);
    auditor.offer(KEY, OLD);
    held.renew(FleetStates.state("first", EPOCH + 1));
    timer.advance(GRACE);

    assertThat(counts.of("accounts_audit_stale")).isZero();
  }

  @Test
  void offer_asTheStoreSays_looksOnce() {
    commit(new Change.Replace(SECOND));
    for (int second = 0; second < 100; second++) {
      timer.advance(Duration.ofSeconds(1));
      auditor.offer(KEY, NEW);
    }

    assertThat(counts.of("accounts_audit_samples")).isEqualTo(100);
    assertThat(counts.of("accounts_audit_stale")).isZero();
    assertThat(cache.calls()).isEmpty();
  }

  @Test
  void offer_manyInASecond_readsTheStoreOnce() {
    for (int i = 0; i < 100; i++) {
      auditor.offer(KEY, OLD);
    }

    assertThat(store.reads).hasSize(1);
  }

  @Test
  void offer_storeFails_isDropped() {
    store.readsGate = CompletableFuture.failedFuture(new IllegalStateException("gone"));
    auditor.offer(KEY, OLD);

    assertThat(counts.of("accounts_audit_dropped")).isEqualTo(1);
    assertThat(counts.of("accounts_audit_samples")).isZero();
  }

  @Test
  void offer_timerShutDown_isDropped() {
    commit(new Change.Replace(SECOND));
    timer.shutdown();
    auditor.offer(KEY, OLD);

    assertThat(counts.of("accounts_audit_dropped")).isEqualTo(1);
  }

  @Test
  void answered_onlyFreshHits_areSampled() {
    for (Source source : Source.values()) {
      for (Consistency consistency : Consistency.values()) {
        timer.advance(Duration.ofSeconds(1));
        auditor.answered(
            new ReadOptions(consistency, Revision.NONE),
            KEY,
            new ReadResult<>(new Lookup.Found<>(FIRST), source, 0, Stamp.NONE));
      }
    }

    assertThat(counts.of("accounts_audit_samples")).isEqualTo(1);
  }

  private void cached(User user) {
    cache.put(CELL, new Cell.Value(EPOCH, new Lookup.Found<>(user)));
  }

  private void commit(Change change) {
    store
        .commit(new Commit(List.of(change), Optional.empty(), List.of()), CallScope.of(TIMEOUT))
        .join();
  }
}
