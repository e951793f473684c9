package accounts.service;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError.LastOwner;
import accounts.domain.AccountError.Refusal;
import accounts.domain.EntityKey;
import accounts.store.AccountStore;
import accounts.store.AdmissionQueue;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.Lookups;
import accounts.store.Origin;
import accounts.store.Outcome;
import accounts.store.RequestRecord;
import accounts.store.Snapshot;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One execution of a mutation, from the first read to its outcome. A round without a result means
 * that the decision was based on outdated answers and another round is needed.
 */
final class Attempt {

  private final Mutation mutation;
  private final Origin origin;
  private final Idempotency idempotency;
  private final Optional<ReadResults> firstRead;
  private final CallScope caller;
  private final AdmissionQueue admission;
  private final AccountStore store;
  private final FreshCommits commits;
  private final Rounds rounds;
  private final InstantSource clock;

  /**
   * @param origin who asked for it, for the audit trail
   * @param firstRead the answers to the mutation's read set, possibly out of date; empty if the
   *     read was shed
   * @param admission each round has a place in it; waiting for the cache takes none
   */
  Attempt(
      Mutation mutation,
      Origin origin,
      Idempotency idempotency,
      Optional<ReadResults> firstRead,
      CallScope caller,
      AdmissionQueue admission,
      AccountStore store,
      FreshCommits commits,
      Rounds rounds,
      InstantSource clock) {
    this.mutation = mutation;
    this.origin = origin;
    this.idempotency = idempotency;
    this.firstRead = firstRead;
    this.caller = caller;
    this.admission = admission;
    this.store = store;
    this.commits = commits;
    this.rounds = rounds;
    this.clock = clock;
  }

  /**
   * What the store has confirmed.
   *
   * @param notifyListener completes when the outcome may be returned
   */
  private record Confirmed(Outcome outcome, Supplier<CompletableFuture<Void>> notifyListener) {}

  /** Runs the mutation and returns its outcome. */
  CompletableFuture<Outcome> outcome() {
    return admitted(this::firstRound)
        .thenCompose(confirmed ->
            confirmed
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> rounds.run(() -> admitted(this::round))))
        .thenCompose(confirmed ->
            confirmed.notifyListener().get().thenApply(notified -> confirmed.outcome()));
  }

  private CompletableFuture<Optional<Confirmed>> admitted(
      Function<CallScope, CompletableFuture<Optional<Confirmed>>> round) {
    return admission.admit(caller, round);
  }

  /**
   * Commits if the first read allows it. That read may have become outdated while this waited for a
   * place, so the round that follows it does not wait for another.
   *
   * @param own bounds what is asked of the store; not cancelled with the caller, since the store
   *     would go on with it, and its place would be another's
   */
  private CompletableFuture<Optional<Confirmed>> firstRound(CallScope own) {
    // A commit that is no outcome has no record that would stop a repetition of the request: so it
    // is looked for first.
    return firstRead
        .filter(read -> mutation.isOutcome())
        .map(this::optimistic)
        .orElseGet(Attempt::outOfDate)
        .thenCompose(confirmed ->
            confirmed.isPresent() ? CompletableFuture.completedFuture(confirmed) : round(own));
  }

  /** A refusal is confirmed by a snapshot first. */
  private CompletableFuture<Optional<Confirmed>> optimistic(ReadResults read) {
    DecisionBasis basis = basis(read.lookups());
    return switch (decide(basis)) {
      case Decision.Proceed proceed -> commit(proceed, basis);
      case Decision.Refuse unconfirmed -> outOfDate();
    };
  }

  private CompletableFuture<Optional<Confirmed>> round(CallScope own) {
    return store
        .snapshot(mutation.readSet(), idempotency.requestId(), own)
        .thenCompose(this::settle);
  }

  private CompletableFuture<Optional<Confirmed>> settle(Snapshot snapshot) {
    DecisionBasis basis = basis(snapshot.lookups());
    if (snapshot.request().isPresent()) {
      return repeat(snapshot.request().get(), basis);
    }
    return switch (decide(basis)) {
      case Decision.Proceed proceed -> commit(proceed, basis);
      case Decision.Refuse refuse -> refuse(refuse.refusal(), basis);
    };
  }

  private DecisionBasis basis(Lookups answers) {
    Map<EntityKey<?>, Stamp> stamps = firstRead.map(ReadResults::stamps).orElse(Map.of());
    return new DecisionBasis(mutation.readSet(), answers, stamps);
  }

  private Decision decide(DecisionBasis basis) {
    return mutation.decide(basis.answers(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private CompletableFuture<Optional<Confirmed>> commit(
      Decision.Proceed proceed, DecisionBasis basis) {
    Outcome done = new Outcome.Done(proceed.result());
    WriteEffects effects = basis.committed(proceed.changes());
    Commit commit =
        new Commit(
            proceed.changes(),
            mutation.isOutcome() ? idempotency.record(done) : Optional.empty(),
            new AuditTrail(origin, basis.answers()).entries(proceed.changes()));
    return commits
        .commit(commit, effects.changed().keySet(), caller.trace())
        .thenCompose(result ->
            switch (result) {
              case CommitResult.Committed committed ->
                  confirmed(done, () -> commits.committed(effects, caller.trace()));
              // The snapshot of the next round has the record and the answers that go with it.
              case CommitResult.Repeated repeated -> outOfDate();
              case CommitResult.Conflict conflict -> conflict(conflict, basis);
            });
  }

  /**
   * If no condition failed but that another owner must be left, the store has decided the refusal.
   * Fails with {@link OvertakenException} if what was read before the mutation has changed since.
   */
  private CompletableFuture<Optional<Confirmed>> conflict(
      CommitResult.Conflict conflict, DecisionBasis basis) {
    List<Change> unmet = conflict.unmet();
    if (unmet.stream().anyMatch(Attempt::restsOnReadBefore)) {
      return Futures.failed(new OvertakenException());
    }
    return !unmet.isEmpty()
            && unmet.stream().allMatch(Change.DropOwner.class::isInstance)
            && unmet.getFirst() instanceof Change.DropOwner drop
        ? refuse(new LastOwner(drop.organization(), drop.leaving()), basis)
        : outOfDate();
  }

  /** Notes of deletions and invitations are no entities, so no round reads them again. */
  private static boolean restsOnReadBefore(Change change) {
    return change instanceof Change.NoteProgress
        || change instanceof Change.DropDeletion
        || change instanceof Change.PutInvitation
        || change instanceof Change.DropInvitation;
  }

  private CompletableFuture<Optional<Confirmed>> refuse(Refusal refusal, DecisionBasis basis) {
    Outcome refused = new Outcome.Refused(refusal);
    return recorded(refused)
        .thenCompose(recorded -> recorded ? replayed(refused, basis.refused()) : outOfDate());
  }

  /** Records a refusal; returns false if another request's record was first, or conflicted. */
  private CompletableFuture<Boolean> recorded(Outcome refused) {
    Optional<RequestRecord> record =
        mutation.isRefusalOutcome() ? idempotency.record(refused) : Optional.empty();
    return record.isEmpty()
        ? CompletableFuture.completedFuture(true)
        : commits
            .commit(new Commit(List.of(), record, List.of()), Set.of(), caller.trace())
            .thenApply(CommitResult.Committed.class::isInstance);
  }

  /**
   * Answers a retry from the request's record. The instance that executed it may have died before
   * it updated the cache, so that is done again.
   */
  private CompletableFuture<Optional<Confirmed>> repeat(RequestRecord record, DecisionBasis basis) {
    Outcome outcome = idempotency.recorded(record);
    return replayed(outcome, basis.repeated(outcome));
  }

  private CompletableFuture<Optional<Confirmed>> replayed(Outcome outcome, WriteEffects effects) {
    return confirmed(outcome, () -> commits.replayed(effects, caller.trace()));
  }

  private static CompletableFuture<Optional<Confirmed>> confirmed(
      Outcome outcome, Supplier<CompletableFuture<Void>> notifyListener) {
    return CompletableFuture.completedFuture(Optional.of(new Confirmed(outcome, notifyListener)));
  }

  private static CompletableFuture<Optional<Confirmed>> outOfDate() {
    return CompletableFuture.completedFuture(Optional.empty());
  }
}
