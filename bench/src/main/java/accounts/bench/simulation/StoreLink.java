package accounts.bench.simulation;

import accounts.async.CallScope;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
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
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** An instance's way to the table; latency as in {@link CacheLink}. Lists are not simulated. */
record StoreLink(StoreModel store, EventLoop loop, Network network, Duration timeout)
    implements AccountStore {

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  @Override
  public CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope) {
    return call(() -> {
      if (!store.hasRoomFor(keys)) {
        throw new AccountException(new StoreThrottled(RETRY_AFTER));
      }
      return store.read(keys);
    });
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope) {
    return call(() -> new Snapshot(store.read(keys), Optional.empty()));
  }

  @Override
  public CompletableFuture<CommitResult> commit(Commit commit, CallScope scope) {
    return call(() -> store.commit(commit.changes()));
  }

  private <T> CompletableFuture<T> call(Supplier<T> operation) {
    long latency = network.storeLatency();
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.in(
        latency,
        () -> {
          try {
            answer.complete(operation.get());
          } catch (AccountException e) {
            answer.completeExceptionally(e);
          }
        });
    if (latency > timeout.toNanos()) {
      loop.in(
          timeout.toNanos(),
          () ->
              answer.completeExceptionally(
                  new AccountException(new StoreUnavailable(RETRY_AFTER))));
    }
    return answer;
  }

  @Override
  public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
    throw new UnsupportedOperationException("lists are not simulated");
  }

  @Override
  public CompletableFuture<EntityPage> scan(
      Optional<ScanPosition> after, int limit, CallScope scope) {
    throw new UnsupportedOperationException("lists are not simulated");
  }

  @Override
  public CompletableFuture<AuditPage> listChanges(AuditQuery query, CallScope scope) {
    throw new UnsupportedOperationException("lists are not simulated");
  }
}
