package accounts.service;

import accounts.async.CallScope;
import accounts.cache.AccountReads;
import accounts.cache.ReadOptions;
import accounts.cache.Readings;
import accounts.domain.AccountError.LastOwner;
import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountError.RequestIdReused;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountException;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.store.AccountStore;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.Lookups;
import accounts.store.Outcome;
import accounts.store.RequestRecord;
import accounts.store.Snapshot;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Carries mutations out. The first look is through the cache and may be out of date: what it allows
 * is guarded by the commit's conditions, what it forbids is confirmed by a consistent snapshot. So
 * every outcome is decided by the store.
 */
public final class Mutator {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
  private static final int MAX_ROUNDS = 16;

  private final AccountReads reads;
  private final AccountStore store;
  private final Duration commitPatience;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private final Retry rounds;

  /**
   * @param commitPatience how long a commit that has begun, and what follows it, may take when its
   *     caller is gone
   * @param clock dates new revisions
   * @param timer waits between rounds; must not be blocked
   */
  public Mutator(
      AccountReads reads,
      AccountStore store,
      Duration commitPatience,
      InstantSource clock,
      ScheduledExecutorService timer) {
    this.reads = reads;
    this.store = store;
    this.commitPatience = commitPatience;
    this.clock = clock;
    this.timer = timer;
    this.rounds =
        Retry.of(
            "rounds",
            RetryConfig.<Optional<Outcome>>custom()
                .maxAttempts(MAX_ROUNDS)
                .retryOnResult(Optional::isEmpty)
                .retryOnException(failure -> false)
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(
                        FIRST_PAUSE, 2.0, 0.5, LONGEST_PAUSE))
                .build());
  }

  /**
   * Carries a mutation out, once for all requests of the same identity.
   *
   * @return the entities that the mutation answers with; or {@link AccountException} with the
   *     refusal, or as the store fails
   */
  public CompletableFuture<List<Entity>> run(
      Mutation mutation, Optional<RequestIdentity> identity, CallScope scope) {
    return reads
        .getAll(mutation.reads(), ReadOptions.DEFAULT, scope)
        .thenCompose(seen -> new Run(mutation, identity, seen, scope).outcome())
        .thenApply(Mutator::entities);
  }

  private static List<Entity> entities(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> done.entities();
      case Outcome.Refused refused -> throw new AccountException(refused.refusal());
    };
  }

  /** One mutation on its way. An empty outcome means: what was seen is out of date, look again. */
  private final class Run {

    private final Mutation mutation;
    private final Optional<RequestIdentity> identity;
    private final Readings firstSeen;
    private final CallScope caller;

    Run(
        Mutation mutation,
        Optional<RequestIdentity> identity,
        Readings firstSeen,
        CallScope caller) {
      this.mutation = mutation;
      this.identity = identity;
      this.firstSeen = firstSeen;
      this.caller = caller;
    }

    CompletableFuture<Outcome> outcome() {
      return firstRound()
          .thenCompose(outcome ->
              outcome.map(CompletableFuture::completedFuture).orElseGet(this::furtherRounds));
    }

    private CompletableFuture<Optional<Outcome>> firstRound() {
      return switch (decide(firstSeen.lookups())) {
        case Decision.Proceed proceed -> commit(proceed);
        case Decision.Refuse unconfirmed -> CompletableFuture.completedFuture(Optional.empty());
      };
    }

    private CompletableFuture<Outcome> furtherRounds() {
      return rounds
          .executeCompletionStage(timer, this::round)
          .toCompletableFuture()
          .thenApply(outcome ->
              outcome.orElseThrow(() -> new AccountException(new StoreThrottled(LONGEST_PAUSE))));
    }

    private CompletableFuture<Optional<Outcome>> round() {
      return store
          .snapshot(mutation.reads(), identity.map(RequestIdentity::requestId), caller)
          .thenCompose(this::decide);
    }

    private CompletableFuture<Optional<Outcome>> decide(Snapshot snapshot) {
      if (snapshot.request().isPresent()) {
        return repeat(snapshot.request().get());
      }
      return switch (decide(snapshot.lookups())) {
        case Decision.Proceed proceed -> commit(proceed);
        case Decision.Refuse refuse -> refuse(refuse.refusal());
      };
    }

    private Decision decide(Lookups seen) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      return mutation.decide(seen, now);
    }

    private CompletableFuture<Optional<Outcome>> commit(Decision.Proceed proceed) {
      Outcome done = new Outcome.Done(proceed.result());
      return commit(new Commit(proceed.changes(), record(done)))
          .exceptionallyCompose(failure -> doubt(proceed, failure))
          .thenCompose(result ->
              switch (result) {
                case CommitResult.Committed committed -> acknowledge(proceed, done);
                case CommitResult.Repeated repeated -> repeat(repeated.record());
                case CommitResult.Conflict conflict -> conflict(conflict);
              });
    }

    /** The commit may have taken place, and its caller is told that nobody knows. */
    private CompletableFuture<CommitResult> doubt(Decision.Proceed proceed, Throwable failure) {
      return reads
          .doubted(answers(proceed.changes()).keySet(), CallScope.of(commitPatience))
          .thenCompose(nothing -> CompletableFuture.failedFuture(failure));
    }

    /** Once begun, a commit and what it owes to the cache go on without the caller. */
    private CompletableFuture<CommitResult> commit(Commit commit) {
      return caller.isOver()
          ? CompletableFuture.failedFuture(new CancellationException("the caller is gone"))
          : store.commit(commit, CallScope.of(commitPatience));
    }

    private CompletableFuture<Optional<Outcome>> acknowledge(
        Decision.Proceed proceed, Outcome done) {
      return reads
          .written(answers(proceed.changes()), firstSeen, CallScope.of(commitPatience))
          .thenApply(nothing -> Optional.of(done));
    }

    /**
     * If all that stands in the way is that nobody else is an owner, it is the store that refused.
     */
    private CompletableFuture<Optional<Outcome>> conflict(CommitResult.Conflict conflict) {
      if (conflict.unmet().size() == 1
          && conflict.unmet().getFirst() instanceof Change.DropOwner drop) {
        return refuse(new LastOwner(drop.organization(), drop.leaving()));
      }
      return CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletableFuture<Optional<Outcome>> refuse(Refusal refusal) {
      Outcome refused = new Outcome.Refused(refusal);
      if (identity.isEmpty()) {
        return CompletableFuture.completedFuture(Optional.of(refused));
      }
      return commit(new Commit(List.of(), record(refused)))
          .thenCompose(result ->
              switch (result) {
                case CommitResult.Committed c ->
                    CompletableFuture.completedFuture(Optional.of(refused));
                case CommitResult.Repeated repeated -> repeat(repeated.record());
                case CommitResult.Conflict c -> CompletableFuture.completedFuture(Optional.empty());
              });
    }

    /** The request was carried out before; whoever did may have died before it told the cache. */
    private CompletableFuture<Optional<Outcome>> repeat(RequestRecord record) {
      boolean same =
          identity.map(RequestIdentity::fingerprint).equals(Optional.of(record.fingerprint()));
      if (!same) {
        return CompletableFuture.failedFuture(
            new AccountException(new RequestIdReused(record.requestId())));
      }
      return reads
          .rewritten(keys(record.outcome()), CallScope.of(commitPatience))
          .thenApply(nothing -> Optional.of(record.outcome()));
    }

    private Optional<RequestRecord> record(Outcome outcome) {
      return identity.map(i -> new RequestRecord(i.requestId(), i.fingerprint(), outcome));
    }
  }

  private static List<EntityKey<?>> keys(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> done.entities().stream().<EntityKey<?>>map(Entity::key).toList();
      case Outcome.Refused refused -> List.of();
    };
  }

  /** Returns the answers to the keys that the changes are about, as they are from now on. */
  private static Map<EntityKey<?>, Lookup<?>> answers(List<Change> changes) {
    Map<EntityKey<?>, Lookup<?>> answers = new HashMap<>();
    for (Change change : changes) {
      switch (change) {
        case Change.Create c -> answers.put(c.entity().key(), new Lookup.Found<>(c.entity()));
        case Change.Replace r -> answers.put(r.entity().key(), new Lookup.Found<>(r.entity()));
        case Change.Remove r ->
            answers.put(r.membership().key(), new Lookup.Absent<>(r.membership().revision()));
        // It is acknowledged like any other; whoever made it may not have told the cache yet.
        case Change.Keep k -> answers.put(k.entity().key(), new Lookup.Found<>(k.entity()));
        case Change.Require r -> {}
        case Change.RequireRole r -> {}
        case Change.AddOwner a -> {}
        case Change.DropOwner d -> {}
      }
    }
    return answers;
  }
}
