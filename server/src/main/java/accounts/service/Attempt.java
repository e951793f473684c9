package accounts.service;

import accounts.async.CallScope;
import accounts.domain.AccountError.LastOwner;
import accounts.domain.AccountError.Refusal;
import accounts.domain.EntityKey;
import accounts.store.AccountStore;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.Lookups;
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

/**
 * One execution of a mutation, from the first read to its outcome. An empty outcome means that the
 * decision was based on outdated answers and another round is needed.
 */
final class Attempt {

  private final Mutation mutation;
  private final Idempotency idempotency;
  private final Optional<ReadResults> firstRead;
  private final CallScope caller;
  private final AccountStore store;
  private final FreshCommits commits;
  private final Rounds rounds;
  private final InstantSource clock;

  /**
   * @param firstRead the answers to the mutation's read set, possibly out of date; empty if the
   *     read was shed
   */
  Attempt(
      Mutation mutation,
      Idempotency idempotency,
      Optional<ReadResults> firstRead,
      CallScope caller,
      AccountStore store,
      FreshCommits commits,
      Rounds rounds,
      InstantSource clock) {
    this.mutation = mutation;
    this.idempotency = idempotency;
    this.firstRead = firstRead;
    this.caller = caller;
    this.store = store;
    this.commits = commits;
    this.rounds = rounds;
    this.clock = clock;
  }

  /** Runs the mutation and returns its outcome. */
  CompletableFuture<Outcome> outcome() {
    return firstRead
        .map(this::firstRound)
        .orElseGet(Attempt::outOfDate)
        .thenCompose(outcome ->
            outcome
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> rounds.run(this::round)));
  }

  /** Commits if the first read allows it. A refusal is confirmed by a snapshot first. */
  private CompletableFuture<Optional<Outcome>> firstRound(ReadResults read) {
    DecisionBasis basis = basis(read.lookups());
    return switch (decide(basis)) {
      case Decision.Proceed proceed -> commit(proceed, basis);
      case Decision.Refuse unconfirmed -> outOfDate();
    };
  }

  private CompletableFuture<Optional<Outcome>> round() {
    return store
        .snapshot(mutation.readSet(), idempotency.requestId(), caller)
        .thenCompose(this::settle);
  }

  private CompletableFuture<Optional<Outcome>> settle(Snapshot snapshot) {
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

  private CompletableFuture<Optional<Outcome>> commit(
      Decision.Proceed proceed, DecisionBasis basis) {
    Outcome done = new Outcome.Done(proceed.result());
    WriteEffects effects = basis.committed(proceed.changes());
    Commit commit = new Commit(proceed.changes(), idempotency.record(done));
    return commits
        .commit(commit, effects.changed().keySet(), caller)
        .thenCompose(result ->
            switch (result) {
              case CommitResult.Committed committed ->
                  commits.committed(effects).thenApply(fresh -> Optional.of(done));
              // The snapshot of the next round has the record and the answers that go with it.
              case CommitResult.Repeated repeated -> outOfDate();
              case CommitResult.Conflict conflict -> conflict(conflict, basis);
            });
  }

  /**
   * If the only failed condition is that another owner must be left, the store has decided the
   * refusal.
   */
  private CompletableFuture<Optional<Outcome>> conflict(
      CommitResult.Conflict conflict, DecisionBasis basis) {
    return conflict.unmet().size() == 1
            && conflict.unmet().getFirst() instanceof Change.DropOwner drop
        ? refuse(new LastOwner(drop.organization(), drop.leaving()), basis)
        : outOfDate();
  }

  private CompletableFuture<Optional<Outcome>> refuse(Refusal refusal, DecisionBasis basis) {
    Outcome refused = new Outcome.Refused(refusal);
    return recorded(refused)
        .thenCompose(recorded -> recorded ? replay(refused, basis.refused()) : outOfDate());
  }

  /** Records a refusal; returns false if another request's record was first, or conflicted. */
  private CompletableFuture<Boolean> recorded(Outcome refused) {
    Optional<RequestRecord> record = idempotency.record(refused);
    return record.isEmpty()
        ? CompletableFuture.completedFuture(true)
        : commits
            .commit(new Commit(List.of(), record), Set.of(), caller)
            .thenApply(CommitResult.Committed.class::isInstance);
  }

  /**
   * Answers a retry from the request's record. The instance that executed it may have died before
   * it updated the cache, so that is done again.
   */
  private CompletableFuture<Optional<Outcome>> repeat(RequestRecord record, DecisionBasis basis) {
    Outcome outcome = idempotency.recorded(record);
    return replay(outcome, basis.repeated(outcome));
  }

  private CompletableFuture<Optional<Outcome>> replay(Outcome outcome, WriteEffects effects) {
    return commits.replayed(effects).thenApply(fresh -> Optional.of(outcome));
  }

  private static CompletableFuture<Optional<Outcome>> outOfDate() {
    return CompletableFuture.completedFuture(Optional.empty());
  }
}
