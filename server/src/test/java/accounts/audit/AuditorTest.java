package accounts.audit;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.CacheAnswer;
import accounts.cache.LeaseAnswer;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.OrganizationName;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.Username;
import accounts.store.AccountStore;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.Lookups;
import accounts.store.MembershipPage;
import accounts.store.MembershipQuery;
import accounts.store.Snapshot;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AuditorTest {

  private static final MembershipKey KEY =
      new MembershipKey(new OrganizationName("olivias-org"), new Username("olivia"));
  private static final Duration GRACE = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Revision OLD = new Revision(1);
  private static final Revision NEW = new Revision(2);

  private final AtomicLong now = new AtomicLong();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final FakeCache cache = new FakeCache();
  private final FakeStore store = new FakeStore();
  private final Auditor auditor =
      new Auditor(cache, store, 1, GRACE, PATIENCE, now::get, timer, new AuditMetrics(registry));

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  @Test
  void offer_cacheStaysBehindTheStore_isStaleForAsLong() throws Exception {
    store.revision = NEW;
    cache.answers(OLD, 3);

    auditor.offer(KEY, OLD);
    awaitLooks(4);

    assertThat(count("accounts_audit_stale")).isEqualTo(1);
    assertThat(ages()).isEqualTo(1);
  }

  @Test
  void offer_writeOnlyNotYetAcknowledged_isNotStale() throws Exception {
    store.revision = NEW;
    cache.answers(NEW, 1);

    auditor.offer(KEY, OLD);
    awaitLooks(1);

    assertThat(count("accounts_audit_samples")).isEqualTo(1);
    assertThat(count("accounts_audit_stale")).isZero();
  }

  @Test
  void offer_healthy_looksOnce() {
    store.revision = NEW;

    for (int second = 0; second < 100; second++) {
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      auditor.offer(KEY, NEW);
    }

    assertThat(count("accounts_audit_samples")).isEqualTo(100);
    assertThat(count("accounts_audit_stale")).isZero();
  }

  @Test
  void offer_manyInASecond_readsTheStoreOnce() {
    for (int i = 0; i < 100; i++) {
      auditor.offer(KEY, OLD);
    }

    assertThat(store.reads).hasValue(1);
  }

  @Test
  void offer_storeFails_isDropped() {
    store.failure = new IllegalStateException("gone");

    auditor.offer(KEY, OLD);

    assertThat(count("accounts_audit_dropped")).isEqualTo(1);
    assertThat(count("accounts_audit_samples")).isZero();
  }

  /** A look is judged on the timer's one thread, after it is counted. */
  private void awaitLooks(int wanted) throws Exception {
    cache.awaitLooks(wanted);
    timer.submit(() -> {}).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private double count(String name) {
    return ((CounterSnapshot) metric(name)).getDataPoints().getFirst().getValue();
  }

  private long ages() {
    HistogramSnapshot ages = (HistogramSnapshot) metric("accounts_audit_stale_age_seconds");
    return ages.getDataPoints().getFirst().getCount();
  }

  private MetricSnapshot metric(String name) {
    return registry.scrape().stream()
        .filter(metric -> metric.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Lookup<Membership> lookup(Revision revision) {
    return new Lookup.Absent<>(revision);
  }

  /** Answers so many looks with a hit, then misses. */
  private static final class FakeCache implements AccountCache {

    private Revision revision = OLD;
    private int hits;
    private int looks;

    synchronized void answers(Revision itsRevision, int times) {
      revision = itsRevision;
      hits = times;
    }

    synchronized void awaitLooks(int wanted) throws InterruptedException {
      while (looks < wanted) {
        wait(PATIENCE.toMillis());
      }
    }

    @Override
    public synchronized CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
        Collection<EntityKey<?>> keys, CallScope scope) {
      looks++;
      notifyAll();
      CacheAnswer answer =
          looks <= hits
              ? new CacheAnswer.Hit(lookup(revision), new Stamp(1, 0))
              : new CacheAnswer.Miss(new Stamp(2, 0));
      return CompletableFuture.completedFuture(Map.of(KEY, answer));
    }

    @Override
    public CompletableFuture<Advance> start(EntityKey<?> key, Stamp seen, CallScope scope) {
      throw new AssertionError("an auditor changes nothing");
    }

    @Override
    public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
      throw new AssertionError("an auditor changes nothing");
    }

    @Override
    public CompletableFuture<Void> fill(
        EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
      throw new AssertionError("an auditor changes nothing");
    }

    @Override
    public CompletableFuture<LeaseAnswer> lease(EntityKey<?> key, Stamp stamp, CallScope scope) {
      throw new AssertionError("an auditor changes nothing");
    }
  }

  private static final class FakeStore implements AccountStore {

    private final AtomicInteger reads = new AtomicInteger();
    private Revision revision = OLD;
    private @Nullable Exception failure;

    @Override
    public CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope) {
      reads.incrementAndGet();
      return failure == null
          ? CompletableFuture.completedFuture(Lookups.builder().put(KEY, lookup(revision)).build())
          : CompletableFuture.failedFuture(failure);
    }

    @Override
    public CompletableFuture<Snapshot> snapshot(
        Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope) {
      throw new AssertionError("an auditor takes no snapshots");
    }

    @Override
    public CompletableFuture<CommitResult> commit(Commit commit, CallScope scope) {
      throw new AssertionError("an auditor changes nothing");
    }

    @Override
    public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
      throw new AssertionError("an auditor lists nothing");
    }
  }
}
