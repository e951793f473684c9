package accounts.service;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.Revision;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Answers what users may do in organizations. Futures fail with {@link
 * accounts.domain.AccountException}; a refusal is an answer.
 */
public final class AccessChecks {

  private final AccountQueries queries;
  private final Consumer<AccessDecision> observer;

  /**
   * @param observer is shown every answer
   */
  public AccessChecks(AccountQueries queries, Consumer<AccessDecision> observer) {
    this.queries = queries;
    this.observer = observer;
  }

  /**
   * Answers checks, from everything that they rest on, read at the same time. The minimum revision
   * is one of memberships.
   */
  public CompletableFuture<AccessDecisions> decide(
      List<AccessCheck> checks, ReadOptions options, CallScope scope) {
    return (checks.size() == 1
            ? readOne(checks.getFirst(), options, scope)
            : readAll(checks, options, scope))
        .thenApply(seen -> decided(checks, seen));
  }

  /**
   * Reads the keys of a single check one by one, so that each shares its lookup and its load with
   * all others who want it: thousands may check the same user at once.
   */
  private CompletableFuture<ReadResults> readOne(
      AccessCheck check, ReadOptions options, CallScope scope) {
    return check
        .others()
        .map(key -> queries.lookUp(List.of(key), ofAnyRevision(options), scope))
        .reduce(
            queries.lookUp(List.of(check.membership()), options, scope),
            (all, next) -> all.thenCombine(next, ReadResults::and));
  }

  /** Reads all keys in one call of the cache; memberships that are too old for it, once more. */
  private CompletableFuture<ReadResults> readAll(
      List<AccessCheck> checks, ReadOptions options, CallScope scope) {
    List<EntityKey<?>> keys = checks.stream().flatMap(AccessCheck::keys).distinct().toList();
    return queries
        .lookUp(keys, ofAnyRevision(options), scope)
        .thenCompose(seen -> withNewer(checks, seen, options, scope));
  }

  private CompletableFuture<ReadResults> withNewer(
      List<AccessCheck> checks, ReadResults seen, ReadOptions options, CallScope scope) {
    List<MembershipKey> older =
        checks.stream()
            .map(AccessCheck::membership)
            .filter(key -> seen.get(key).lookup().revision().isBefore(options.minRevision()))
            .distinct()
            .toList();
    return older.isEmpty()
        ? CompletableFuture.completedFuture(seen)
        : queries.lookUp(older, options, scope).thenApply(seen::and);
  }

  private static ReadOptions ofAnyRevision(ReadOptions options) {
    return new ReadOptions(options.consistency(), Revision.NONE);
  }

  private AccessDecisions decided(List<AccessCheck> checks, ReadResults seen) {
    List<AccessDecision> decisions = checks.stream().map(check -> check.decide(seen)).toList();
    decisions.forEach(observer);
    return new AccessDecisions(decisions, seen.source(), seen.asOf());
  }
}
