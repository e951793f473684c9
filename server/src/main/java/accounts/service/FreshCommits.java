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
 * Commits, and tells the {@link CommitListener} what was decided before the caller is told. Once
 * begun, all of it goes on without the caller.
 */
final class FreshCommits {

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final AccountStore store;
  private final AdmissionQueue admission;
  private final CommitListener listener;
  private final Duration timeout;

  /**
   * @param admission where commits wait for a place
   * @param timeout how long a commit, and then what follows it, may take each
   */
  FreshCommits(
      AccountStore store, AdmissionQueue admission, CommitListener listener, Duration timeout) {
    this.store = store;
    this.admission = admission;
    this.listener = listener;
    this.timeout = timeout;
  }

  /**
   * Commits, unless the caller goes before there is a place for it.
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

  /** The commit may have taken place, and its caller is told that nobody knows. */
  private CompletableFuture<CommitResult> outcomeUnknown(
      Set<EntityKey<?>> changed, Throwable failure) {
    return changed.isEmpty()
        ? Futures.failed(failure)
        : listener.outcomeUnknown(changed, scope()).thenCompose(told -> Futures.failed(failure));
  }

  /** Completes when a commit may be acknowledged. */
  CompletableFuture<Void> committed(WriteEffects effects) {
    return acknowledgeable(listener.committed(effects, scope()));
  }

  /** Completes when a refusal, or the outcome of a repeated request, may be told. */
  CompletableFuture<Void> replayed(WriteEffects effects) {
    return acknowledgeable(listener.replayed(effects, scope()));
  }

  /** What cannot be made fresh is not acknowledged: repeating the request will tell. */
  private static CompletableFuture<Void> acknowledgeable(CompletableFuture<Void> fresh) {
    return Futures.mapFailure(
        fresh, failure -> new AccountException(new StoreUnavailable(RETRY_AFTER), failure));
  }

  private CallScope scope() {
    return CallScope.of(timeout);
  }
}
