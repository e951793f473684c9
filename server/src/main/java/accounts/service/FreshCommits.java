package accounts.service;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.store.AccountStore;
import accounts.store.Commit;
import accounts.store.CommitResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Commits, and notifies the {@link CommitListener} before the caller is answered. Once begun, both
 * continue even if the caller is gone.
 */
final class FreshCommits {

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final AccountStore store;
  private final CommitListener listener;
  private final Duration timeout;

  /**
   * @param timeout longest time for a commit, and again for the notification
   */
  FreshCommits(AccountStore store, CommitListener listener, Duration timeout) {
    this.store = store;
    this.listener = listener;
    this.timeout = timeout;
  }

  /**
   * Commits.
   *
   * @param changed the keys that the commit changes
   */
  CompletableFuture<CommitResult> commit(Commit commit, Set<EntityKey<?>> changed) {
    return Futures.started(() -> store.commit(commit, scope()))
        .exceptionallyCompose(failure -> outcomeUnknown(changed, failure));
  }

  /** Fails the call with an unknown outcome: the commit may have succeeded. */
  private CompletableFuture<CommitResult> outcomeUnknown(
      Set<EntityKey<?>> changed, Throwable failure) {
    return changed.isEmpty()
        ? Futures.failed(failure)
        : listener
            .outcomeUnknown(changed, scope())
            .thenCompose(notified -> Futures.failed(failure));
  }

  /** Completes when a commit may be acknowledged. */
  CompletableFuture<Void> committed(WriteEffects effects) {
    return acknowledgeable(listener.committed(effects, scope()));
  }

  /** Completes when a refusal, or the outcome of a retried request, may be returned. */
  CompletableFuture<Void> replayed(WriteEffects effects) {
    return acknowledgeable(listener.replayed(effects, scope()));
  }

  /**
   * A write whose cells cannot be updated is not acknowledged; a retry of the request gets its
   * outcome.
   */
  private static CompletableFuture<Void> acknowledgeable(CompletableFuture<Void> fresh) {
    return Futures.mapFailure(
        fresh, failure -> new AccountException(new StoreUnavailable(RETRY_AFTER), failure));
  }

  private CallScope scope() {
    return CallScope.of(timeout);
  }
}
