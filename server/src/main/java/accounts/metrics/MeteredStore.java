package accounts.metrics;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import accounts.store.AccountStore;
import accounts.store.AuditPage;
import accounts.store.AuditQuery;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.EntityPage;
import accounts.store.Lookups;
import accounts.store.MembershipPage;
import accounts.store.MembershipQuery;
import accounts.store.ScanPosition;
import accounts.store.Snapshot;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Counts a store's calls by how they end. */
final class MeteredStore implements AccountStore {

  private final AccountStore store;
  private final Counts<StoreResult> reads;
  private final Counts<StoreResult> snapshots;
  private final Counts<StoreResult> commits;
  private final Counts<StoreResult> lists;
  private final Counts<StoreResult> scans;

  MeteredStore(AccountStore store, PrometheusRegistry registry) {
    this.store = store;
    Counter calls =
        Events.counter(
            registry,
            "accounts_store_calls",
            "Calls of the store by result; shed: refused, too many reads in flight.",
            "call",
            "result");
    this.reads = new Counts<>(calls, StoreResult.class, "read");
    this.snapshots = new Counts<>(calls, StoreResult.class, "snapshot");
    this.commits = new Counts<>(calls, StoreResult.class, "commit");
    this.lists = new Counts<>(calls, StoreResult.class, "list");
    this.scans = new Counts<>(calls, StoreResult.class, "scan");
  }

  @Override
  public CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope) {
    return counted(reads, store.read(keys, scope));
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope) {
    return counted(snapshots, store.snapshot(keys, requestId, scope));
  }

  @Override
  public CompletableFuture<CommitResult> commit(Commit commit, CallScope scope) {
    return counted(commits, store.commit(commit, scope));
  }

  @Override
  public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
    return counted(lists, store.list(query, scope));
  }

  @Override
  public CompletableFuture<EntityPage> scan(
      Optional<ScanPosition> after, int limit, CallScope scope) {
    return counted(scans, store.scan(after, limit, scope));
  }

  @Override
  public CompletableFuture<AuditPage> listChanges(AuditQuery query, CallScope scope) {
    return counted(lists, store.listChanges(query, scope));
  }

  private static <T> CompletableFuture<T> counted(
      Counts<StoreResult> results, CompletableFuture<T> call) {
    return call.whenComplete((answer, failure) -> results.add(StoreResult.of(failure)));
  }
}
