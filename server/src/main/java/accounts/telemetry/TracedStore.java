package accounts.telemetry;

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
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Traces the calls of DynamoDB: one span each, with counts and the outcome. */
final class TracedStore implements AccountStore {

  private static final String KEYS = "accounts.keys";

  private final AccountStore delegate;

  TracedStore(AccountStore delegate) {
    this.delegate = delegate;
  }

  @Override
  public CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope) {
    return scope.call(
        "dynamodb.read",
        own -> {
          own.trace().note(KEYS, keys.size());
          return delegate.read(keys, own);
        });
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope) {
    return scope.call(
        "dynamodb.snapshot",
        own -> {
          own.trace().note(KEYS, keys.size());
          return delegate.snapshot(keys, requestId, own);
        });
  }

  @Override
  public CompletableFuture<CommitResult> commit(Commit commit, CallScope scope) {
    return scope.call(
        "dynamodb.commit",
        own -> {
          own.trace().note("accounts.changes", commit.changes().size());
          return delegate
              .commit(commit, own)
              .thenApply(result -> {
                own.trace().note("accounts.outcome", Kinds.of(result));
                return result;
              });
        });
  }

  @Override
  public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
    return scope.call("dynamodb.list", own -> delegate.list(query, own));
  }

  @Override
  public CompletableFuture<EntityPage> scan(
      Optional<ScanPosition> after, int limit, CallScope scope) {
    return scope.call("dynamodb.scan", own -> delegate.scan(after, limit, own));
  }

  @Override
  public CompletableFuture<AuditPage> listChanges(AuditQuery query, CallScope scope) {
    return scope.call("dynamodb.list_changes", own -> delegate.listChanges(query, own));
  }
}
