package accounts.service;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.domain.Resource;
import accounts.store.AccountStore;
import accounts.store.AdmissionQueue;
import accounts.store.Origin;
import accounts.store.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Executes mutations. The first read goes through the cache and may be out of date: what it allows
 * is guarded by the commit's conditions, what it forbids is confirmed by a consistent snapshot. So
 * every outcome is decided by the store.
 */
public final class MutationExecutor {

  private final EntityReader reader;
  private final AccountStore store;
  private final AdmissionQueue admission;
  private final FreshCommits commits;
  private final Rounds rounds;
  private final InstantSource clock;

  /**
   * @param listener notified of every outcome before the caller is answered
   * @param admission where mutations wait for a place at the store
   * @param commitTimeout how long a commit that has begun, and then what the listener does about
   *     it, may take each; both go on when the caller is gone
   * @param clock dates new revisions
   * @param timer waits between rounds; must not be blocked
   */
  public MutationExecutor(
      EntityReader reader,
      CommitListener listener,
      AccountStore store,
      AdmissionQueue admission,
      Duration commitTimeout,
      InstantSource clock,
      ScheduledExecutorService timer) {
    this.reader = reader;
    this.store = store;
    this.admission = admission;
    this.commits = new FreshCommits(store, listener, commitTimeout);
    this.rounds = new Rounds(timer);
    this.clock = clock;
  }

  /**
   * Executes a mutation, once for all requests with the same identity.
   *
   * @param caller the name of who asks for it, for the audit trail; empty where nobody asks
   * @return the resources that the mutation answers with; or {@link AccountException} with the
   *     refusal, or as the store fails
   */
  public CompletableFuture<List<Resource>> run(
      Mutation mutation,
      Optional<RequestIdentity> identity,
      Optional<String> caller,
      CallScope scope) {
    Origin origin =
        new Origin(caller, mutation.recordedActor(), identity.map(RequestIdentity::requestId));
    return run(mutation, identity, origin, scope);
  }

  /**
   * As {@link #run(Mutation, Optional, Optional, CallScope)}, for one of several mutations that a
   * request asks for.
   *
   * @param identity empty if the outcome is not that of the request
   * @param origin who asked for it, for the audit trail
   */
  CompletableFuture<List<Resource>> run(
      Mutation mutation, Optional<RequestIdentity> identity, Origin origin, CallScope scope) {
    Idempotency idempotency = new Idempotency(identity);
    return firstRead(mutation, scope)
        .thenCompose(read ->
            new Attempt(
                    mutation,
                    origin,
                    idempotency,
                    read,
                    scope,
                    admission,
                    store,
                    commits,
                    rounds,
                    clock)
                .outcome())
        .thenApply(MutationExecutor::resources);
  }

  /**
   * Completes when no read of these keys, through any instance, returns an older answer than the
   * store has now.
   *
   * @param keys at most 99
   */
  CompletableFuture<Void> freshen(Set<EntityKey<?>> keys, CallScope scope) {
    return keys.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : admission
            .admit(scope, own -> store.snapshot(keys, Optional.empty(), own))
            .thenApply(snapshot -> new DecisionBasis(keys, snapshot.lookups(), Map.of()))
            .thenCompose(basis -> commits.replayed(basis.refused(), scope.trace()));
  }

  /** Returns empty if reads are shed: the rounds after the first do not need this read. */
  private CompletableFuture<Optional<ReadResults>> firstRead(Mutation mutation, CallScope scope) {
    return reader
        .getAll(mutation.readSet(), ReadOptions.DEFAULT, scope)
        .thenApply(Optional::of)
        .exceptionallyCompose(failure ->
            isOverloaded(failure)
                ? CompletableFuture.completedFuture(Optional.empty())
                : Futures.failed(failure));
  }

  private static boolean isOverloaded(Throwable failure) {
    return Futures.cause(failure) instanceof AccountException account
        && account.error() instanceof Overloaded;
  }

  private static List<Resource> resources(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> done.resources();
      case Outcome.Refused refused -> throw new AccountException(refused.refusal());
    };
  }
}
