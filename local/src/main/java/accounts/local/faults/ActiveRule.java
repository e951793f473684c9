package accounts.local.faults;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A rule that is applied: decides at random which calls it hits, and counts them. Safe for any
 * thread.
 */
final class ActiveRule {

  private final long id;
  private final Rule rule;
  private final Random random;
  private final Throttle throttle;
  private final AtomicLong injected = new AtomicLong();

  ActiveRule(long id, Rule rule, Random random) {
    this.id = id;
    this.rule = rule;
    this.random = random;
    this.throttle = new Throttle(rule.perSecond());
  }

  long id() {
    return id;
  }

  Rule rule() {
    return rule;
  }

  long injected() {
    return injected.get();
  }

  /** Decides whether the fault hits a call, and counts it if so. */
  boolean strikes(String rpc, Caller caller) {
    return fits(rpc, caller) && drawn() && overRate() && counted();
  }

  private boolean fits(String rpc, Caller caller) {
    return (rule.rpcs().isEmpty() || rule.rpcs().contains(rpc))
        && (rule.clients().isEmpty() || rule.clients().stream().anyMatch(caller::is));
  }

  private boolean drawn() {
    return rule.probability() >= 1 || random.nextDouble() < rule.probability();
  }

  private boolean overRate() {
    return rule.fault() != Fault.THROTTLE || !throttle.admits();
  }

  private boolean counted() {
    long limit = rule.limit() == 0 ? Long.MAX_VALUE : rule.limit();
    return injected.getAndUpdate(count -> count < limit ? count + 1 : count) < limit;
  }

  /** Returns the rule's delay, with a new random part each time. */
  Duration delay() {
    long spread = rule.jitter().toNanos();
    return spread == 0 ? rule.delay() : rule.delay().plusNanos(random.nextLong(spread));
  }

  Random random() {
    return random;
  }
}
