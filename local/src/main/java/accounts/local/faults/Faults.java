package accounts.local.faults;

import accounts.local.momento.DelayedTasks;
import io.grpc.ServerInterceptor;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The faults that a server injects; rules can be added and removed while it runs. Safe for any
 * thread.
 *
 * <p>Each rule has a random generator of its own, seeded from the common seed and the rule's
 * number: the same rules and the same order of calls give the same faults.
 */
public final class Faults {

  private static final int MAXIMUM_RULES = 1000;

  private final long seed;
  private final DelayedTasks timer;
  private final AtomicLong ids = new AtomicLong();
  private final List<ActiveRule> rules = new CopyOnWriteArrayList<>();
  private final Map<Fault, AtomicLong> counts = new EnumMap<>(Fault.class);
  private volatile boolean lagging;

  /**
   * Creates an instance without rules.
   *
   * @param seed makes random faults repeatable
   * @param timer handles delayed calls
   */
  public Faults(long seed, DelayedTasks timer) {
    this.seed = seed;
    this.timer = timer;
    for (Fault fault : Fault.values()) {
      counts.put(fault, new AtomicLong());
    }
  }

  /**
   * Adds a rule for calls that are received from now on.
   *
   * @return the rule's number, for {@link #remove} and {@link #injected(long)}
   */
  public synchronized long add(Rule rule) {
    if (rules.size() >= MAXIMUM_RULES) {
      throw new IllegalStateException(
          "rules: " + rules.size() + " (expected: fewer before one more)");
    }
    long id = ids.incrementAndGet();
    rules.add(new ActiveRule(id, rule, new Random(seed * 31 + id)));
    lagging = lagging || rule.fault() == Fault.LAG;
    return id;
  }

  /** Removes a rule; returns false if there is none of that number. */
  public synchronized boolean remove(long id) {
    boolean removed = rules.removeIf(rule -> rule.id() == id);
    lagging = rules.stream().anyMatch(rule -> rule.rule().fault() == Fault.LAG);
    return removed;
  }

  /** Removes all rules. The counts stay. */
  public synchronized void clear() {
    rules.clear();
    lagging = false;
  }

  /** Returns the rules by number, in the order in which they are applied. */
  public Map<Long, Rule> rules() {
    Map<Long, Rule> byId = new LinkedHashMap<>();
    rules.forEach(rule -> byId.put(rule.id(), rule.rule()));
    return byId;
  }

  /** Returns how many calls the rule of that number has hit; 0 if there is none. */
  public long injected(long id) {
    return rules.stream().filter(rule -> rule.id() == id).mapToLong(ActiveRule::injected).sum();
  }

  /** Returns how many calls each fault has hit since the start, over all rules. */
  public Map<Fault, Long> counts() {
    Map<Fault, Long> snapshot = new EnumMap<>(Fault.class);
    counts.forEach((fault, count) -> snapshot.put(fault, count.get()));
    return snapshot;
  }

  /** Returns whether any rule makes replicas lag. */
  public boolean lagging() {
    return lagging;
  }

  /** Returns the interceptor of the port of the client {@code door}. */
  public ServerInterceptor interceptor(String door) {
    return new FaultInterceptor(this, door, timer);
  }

  /** Returns the rules that hit a call, and counts the call. */
  List<ActiveRule> striking(String rpc, Caller caller) {
    if (rules.isEmpty()) {
      return List.of();
    }
    List<ActiveRule> striking = rules.stream().filter(rule -> rule.strikes(rpc, caller)).toList();
    striking.forEach(rule -> count(rule.rule().fault()));
    return striking;
  }

  private void count(Fault fault) {
    AtomicLong count = counts.get(fault);
    if (count != null) {
      count.incrementAndGet();
    }
  }
}
