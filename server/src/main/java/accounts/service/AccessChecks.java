package accounts.service;

import accounts.async.CallScope;
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

  /** Answers checks by one read of everything that they rest on. */
  public CompletableFuture<AccessDecisions> decide(
      List<AccessCheck> checks, ReadOptions options, CallScope scope) {
    return queries
        .lookUp(checks.stream().map(AccessCheck::membership).toList(), options, scope)
        .thenApply(seen -> decided(checks, seen));
  }

  private AccessDecisions decided(List<AccessCheck> checks, ReadResults seen) {
    List<AccessDecision> decisions =
        checks.stream().map(check -> check.decide(seen.get(check.membership()).lookup())).toList();
    decisions.forEach(observer);
    return new AccessDecisions(decisions, seen.source(), seen.asOf());
  }
}
