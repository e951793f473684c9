package accounts.bench.harness;

import java.time.Duration;
import java.util.Set;

/**
 * Which requests to DynamoDB go wrong, and how.
 *
 * @param effect what happens
 * @param operations such as {@code GetItem}; empty for all
 * @param about what the request's body must contain; empty for anything
 * @param probability from 0 to 1
 * @param delay shortest, for {@link Effect#DELAY_ANSWER}
 * @param spread what a random choice between 0 and this adds to the delay
 */
public record StoreRule(
    Effect effect,
    Set<String> operations,
    String about,
    double probability,
    Duration delay,
    Duration spread) {

  /** What can happen to a request. */
  public enum Effect {
    /** Nothing, but it is counted. */
    NOTE,
    /** DynamoDB does it, and its answer comes late. */
    DELAY_ANSWER,
    /** DynamoDB does it, and the connection breaks before the answer. */
    LOSE_ANSWER,
    /** The connection breaks before DynamoDB hears of it. */
    CUT,
    /** It is refused as throttled, and not done. */
    THROTTLE
  }

  /** Returns a rule that every request meets. */
  public static StoreRule of(Effect effect) {
    return new StoreRule(effect, Set.of(), "", 1, Duration.ZERO, Duration.ZERO);
  }

  /** Returns this rule for these operations alone. */
  public StoreRule operations(String... names) {
    return new StoreRule(effect, Set.of(names), about, probability, delay, spread);
  }

  /** Returns this rule for requests whose body contains {@code text} alone. */
  public StoreRule about(String text) {
    return new StoreRule(effect, operations, text, probability, delay, spread);
  }

  /** Returns this rule with this probability. */
  public StoreRule probability(double chance) {
    return new StoreRule(effect, operations, about, chance, delay, spread);
  }

  /** Returns this rule with a delay of anything up to {@code longest}. */
  public StoreRule delay(Duration longest) {
    return delay(Duration.ZERO, longest);
  }

  /** Returns this rule with this delay, and up to so much more. */
  public StoreRule delay(Duration least, Duration more) {
    return new StoreRule(effect, operations, about, probability, least, more);
  }

  boolean fits(StoreRequest request) {
    return (operations.isEmpty() || operations.contains(request.operation()))
        && (about.isEmpty() || request.body().contains(about));
  }
}
