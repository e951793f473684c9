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
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Times the calls of DynamoDB, without the wait for a place. */
final class TimedStore implements AccountStore {

  private enum Call {
    READ,
    SNAPSHOT,
    COMMIT,
    LIST,
    SCAN
  }

  private final AccountStore delegate;
  private final CallTimes<Call, StoreResult> times;

  TimedStore(AccountStore delegate, PrometheusRegistry registry) {
    this.delegate = delegate;
    this.times =
        new CallTimes<>(
            registry,
            "accounts_dynamodb_call_duration_seconds",
            "Duration of calls of DynamoDB, by call and result, without the wait for a place.",
            Call.class,
            StoreResult.class);
  }

  @Override
  public CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope) {
    return timed(Call.READ, System.nanoTime(), delegate.read(keys, scope));
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope) {
    return timed(Call.SNAPSHOT, System.nanoTime(), delegate.snapshot(keys, requestId, scope));
  }

  @Override
  public CompletableFuture<CommitResult> commit(Commit commit, CallScope scope) {
    return timed(Call.COMMIT, System.nanoTime(), delegate.commit(commit, scope));
  }

  @Override
  public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
    return timed(Call.LIST, System.nanoTime(), delegate.list(query, scope));
  }

  @Override
  public CompletableFuture<EntityPage> scan(
      Optional<ScanPosition> after, int limit, CallScope scope) {
    return timed(Call.SCAN, System.nanoTime(), delegate.scan(after, limit, scope));
  }

  @Override
  public CompletableFuture<AuditPage> listChanges(AuditQuery query, CallScope scope) {
    return timed(Call.LIST, System.nanoTime(), delegate.listChanges(query, scope));
  }

  private <T> CompletableFuture<T> timed(Call call, long began, CompletableFuture<T> running) {
    return running.whenComplete(
        (answer, failure) -> times.add(call, StoreResult.of(failure), began));
  }
}
