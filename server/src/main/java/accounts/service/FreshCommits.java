package accounts.service;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.async.Trace;
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
 * continue even if the caller is gone, as parts of its trace.
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
  CompletableFuture<CommitResult> commit(Commit commit, Set<EntityKey<?>> changed, Trace trace) {
    return Futures.started(() -> store.commit(commit, scope(trace)))
        .exceptionallyCompose(failure -> outcomeUnknown(changed, failure, trace));
  }

  /** Fails the call with an unknown outcome: the commit may have succeeded. */
  private CompletableFuture<CommitResult> outcomeUnknown(
      Set<EntityKey<?>> changed, Throwable failure, Trace trace) {
    return changed.isEmpty()
        ? Futures.failed(failure)
        : listener
            .outcomeUnknown(changed, scope(trace))
            .thenCompose(notified -> Futures.failed(failure));
  }

  /** Completes when a commit may be acknowledged. */
  CompletableFuture<Void> committed(WriteEffects effects, Trace trace) {
    return acknowledgeable(listener.committed(effects, scope(trace)));
  }

  /** Completes when a refusal, or the outcome of a retried request, may be returned. */
  CompletableFuture<Void> replayed(WriteEffects effects, Trace trace) {
    return acknowledgeable(listener.replayed(effects, scope(trace)));
  }

  /**
   * A write whose cells cannot be updated is not acknowledged; a retry of the request gets its
   * outcome.
   */
  private static CompletableFuture<Void> acknowledgeable(CompletableFuture<Void> fresh) {
    return Futures.mapFailure(
        fresh, failure -> new AccountException(new StoreUnavailable(RETRY_AFTER), failure));
  }

  private CallScope scope(Trace trace) {
    return CallScope.of(timeout, trace);
  }
}
