package accounts.bench.harness;

import java.time.Duration;
import java.util.Set;

/**
 * A fault rule: which requests to DynamoDB it hits, and what happens to them.
 *
 * @param effect what happens
 * @param operations such as {@code GetItem}; empty for all
 * @param about text that the request's body must contain; empty for any body
 * @param probability from 0 to 1
 * @param delay shortest, for {@link Effect#DELAY_ANSWER}
 * @param spread the most that is added to the delay, at random
 */
public record StoreRule(
    Effect effect,
    Set<String> operations,
    String about,
    double probability,
    Duration delay,
    Duration spread) {

  /** The effect on a request. */
  public enum Effect {
    /** The request is counted and nothing else. */
    NOTE,
    /** DynamoDB processes it, and its answer is delayed. */
    DELAY_ANSWER,
    /** DynamoDB processes it, and the connection breaks before the answer. */
    LOSE_ANSWER,
    /** The connection breaks before DynamoDB receives it. */
    CUT,
    /** It is refused as throttled, and not processed. */
    THROTTLE
  }

  /** Returns a rule that hits every request. */
  public static StoreRule of(Effect effect) {
    return new StoreRule(effect, Set.of(), "", 1, Duration.ZERO, Duration.ZERO);
  }

  /** Returns this rule, limited to these operations. */
  public StoreRule operations(String... names) {
    return new StoreRule(effect, Set.of(names), about, probability, delay, spread);
  }

  /** Returns this rule, limited to requests whose body contains {@code text}. */
  public StoreRule about(String text) {
    return new StoreRule(effect, operations, text, probability, delay, spread);
  }

  /** Returns this rule with this probability. */
  public StoreRule probability(double chance) {
    return new StoreRule(effect, operations, about, chance, delay, spread);
  }

  /** Returns this rule with a random delay of at most {@code longest}. */
  public StoreRule delay(Duration longest) {
    return delay(Duration.ZERO, longest);
  }

  /** Returns this rule with this delay and a random addition of at most {@code more}. */
  public StoreRule delay(Duration least, Duration more) {
    return new StoreRule(effect, operations, about, probability, least, more);
  }

  boolean fits(StoreRequest request) {
    return (operations.isEmpty() || operations.contains(request.operation()))
        && (about.isEmpty() || request.body().contains(about));
  }
}
