package accounts.service;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.store.AccountStore;
import accounts.store.AdmissionQueue;
import accounts.store.Commit;
import accounts.store.CommitResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Commits, and notifies the {@link CommitListener} before the caller is answered. Once begun, both
 * continue even if the caller is gone.
 */
final class FreshCommits {

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final AccountStore store;
  private final AdmissionQueue admission;
  private final CommitListener listener;
  private final Duration timeout;

  /**
   * @param admission the queue for commits
   * @param timeout longest time for a commit, and again for the notification
   */
  FreshCommits(
      AccountStore store, AdmissionQueue admission, CommitListener listener, Duration timeout) {
    this.store = store;
    this.admission = admission;
    this.listener = listener;
    this.timeout = timeout;
  }

  /**
   * Commits, unless the caller is gone before the commit is admitted.
   *
   * @param changed the keys that the commit changes
   */
  CompletableFuture<CommitResult> commit(
      Commit commit, Set<EntityKey<?>> changed, CallScope caller) {
    AtomicBoolean begun = new AtomicBoolean();
    return admission
        .admit(
            caller,
            own -> {
              begun.set(true);
              return store.commit(commit, scope());
            })
        .exceptionallyCompose(
            failure -> begun.get() ? outcomeUnknown(changed, failure) : Futures.failed(failure));
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
