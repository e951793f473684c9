package accounts.local.faults;

import io.grpc.Status;
import java.time.Duration;
import java.util.Set;

/**
 * A rule that injects a fault into matching calls. Every matching rule is applied to a call.
 *
 * @param fault to inject
 * @param rpcs the names of the methods, such as {@code GetBatch}; empty for all
 * @param clients the callers: a door's name, an API key, or a remote {@code address:port}; empty
 *     for all
 * @param probability that the fault hits a matching call, from 0 to 1
 * @param limit the most calls that it hits; 0 for no limit
 * @param delay for DELAY, DUPLICATE, LATE and LAG
 * @param jitter the most that is added to the delay, at random
 * @param code for ERROR and ERROR_AFTER
 * @param cause the value of an error's trailer {@code err}; empty for no trailer
 * @param perSecond for THROTTLE
 */
public record Rule(
    Fault fault,
    Set<String> rpcs,
    Set<String> clients,
    double probability,
    long limit,
    Duration delay,
    Duration jitter,
    Status.Code code,
    String cause,
    int perSecond) {

  /** Checks that all values are in range. */
  public Rule {
    rpcs = Set.copyOf(rpcs);
    clients = Set.copyOf(clients);
    require(probability >= 0 && probability <= 1, "probability: " + probability, "0-1");
    require(limit >= 0, "limit: " + limit, "0 or more");
    require(!delay.isNegative(), "delay: " + delay, "0 or more");
    require(!jitter.isNegative(), "jitter: " + jitter, "0 or more");
    require(code != Status.Code.OK, "code: " + code, "an error");
    require(perSecond >= 0, "per-second: " + perSecond, "0 or more");
  }

  private static void require(boolean condition, String value, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(value + " (expected: " + expected + ")");
    }
  }

  /**
   * Returns a rule that hits every call, with no delay, code UNAVAILABLE and 0 calls per second.
   */
  public static Rule of(Fault fault) {
    return new Rule(
        fault,
        Set.of(),
        Set.of(),
        1,
        0,
        Duration.ZERO,
        Duration.ZERO,
        Status.Code.UNAVAILABLE,
        "",
        0);
  }

  /** Returns this rule, limited to these methods. */
  public Rule rpcs(String... names) {
    return new Rule(
        fault, Set.of(names), clients, probability, limit, delay, jitter, code, cause, perSecond);
  }

  /** Returns this rule, limited to these clients. */
  public Rule clients(String... names) {
    return new Rule(
        fault, rpcs, Set.of(names), probability, limit, delay, jitter, code, cause, perSecond);
  }

  /** Returns this rule with this probability. */
  public Rule probability(double chance) {
    return new Rule(fault, rpcs, clients, chance, limit, delay, jitter, code, cause, perSecond);
  }

  /** Returns this rule, limited to this number of calls. */
  public Rule limit(long calls) {
    return new Rule(
        fault, rpcs, clients, probability, calls, delay, jitter, code, cause, perSecond);
  }

  /** Returns this rule with this delay and a random addition of at most {@code jitter}. */
  public Rule delay(Duration least, Duration spread) {
    return new Rule(
        fault, rpcs, clients, probability, limit, least, spread, code, cause, perSecond);
  }

  /** Returns this rule with this delay. */
  public Rule delay(Duration exactly) {
    return delay(exactly, Duration.ZERO);
  }

  /** Returns this rule with this status. */
  public Rule status(Status.Code status, String err) {
    return new Rule(
        fault, rpcs, clients, probability, limit, delay, jitter, status, err, perSecond);
  }

  /** Returns this rule with this rate. */
  public Rule perSecond(int calls) {
    return new Rule(fault, rpcs, clients, probability, limit, delay, jitter, code, cause, calls);
  }
}
