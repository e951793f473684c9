package accounts.bench.harness;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The fault rules for one instance's requests to DynamoDB, and the counts of these requests. */
public final class StoreFaults {

  /** A rule that is applied, and its counts. */
  public static final class Active {

    private final StoreRule rule;
    private final Runnable then;
    private final Map<String, LongAdder> struck = new ConcurrentHashMap<>();
    private final LongAdder answers = new LongAdder();

    private Active(StoreRule rule, Runnable then) {
      this.rule = rule;
      this.then = then;
    }

    StoreRule rule() {
      return rule;
    }

    /** Returns how many requests the rule hit. */
    public long struck() {
      return struck.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /**
     * Returns how many of the requests that the rule hit DynamoDB has answered, and so processed.
     */
    long answers() {
      return answers.sum();
    }

    /** Returns how many requests of each operation the rule hit. */
    public Map<String, Long> struckByOperation() {
      return sums(struck);
    }

    /** Runs the rule's action when DynamoDB has answered, before the answer is passed on. */
    void answered() {
      answers.increment();
      then.run();
    }
  }

  private final List<Active> rules = new CopyOnWriteArrayList<>();
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> units = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger mostReads = new AtomicInteger();

  /** Counts a read as in flight. */
  void readBegins() {
    mostReads.accumulateAndGet(reads.incrementAndGet(), Math::max);
  }

  /** Counts a read as ended, answered or not. */
  void readEnds() {
    reads.decrementAndGet();
  }

  /** Returns the highest number of reads of entities in flight at once. */
  int mostReads() {
    return mostReads.get();
  }

  /** Adds a rule. */
  public Active add(StoreRule rule) {
    return add(rule, () -> {});
  }

  /**
   * Adds a rule with an action.
   *
   * @param then is run when DynamoDB has answered a request that the rule hits, before the answer
   *     is passed on; for DELAY_ANSWER and LOSE_ANSWER
   */
  public Active add(StoreRule rule, Runnable then) {
    Active active = new Active(rule, then);
    rules.add(active);
    return active;
  }

  /** Removes a rule. */
  public void remove(Active active) {
    rules.remove(active);
  }

  /** Counts a request and returns the first rule that hits it. */
  Optional<Active> draw(StoreRequest request) {
    count(requests, request);
    units.computeIfAbsent(request.operation(), ignored -> new LongAdder()).add(request.units());
    Optional<Active> struck = rules.stream().filter(active -> strikes(active, request)).findFirst();
    struck.ifPresent(active -> count(active.struck, request));
    return struck;
  }

  private static void count(Map<String, LongAdder> counts, StoreRequest request) {
    counts.computeIfAbsent(request.operation(), ignored -> new LongAdder()).increment();
  }

  private static boolean strikes(Active active, StoreRequest request) {
    return active.rule.fits(request)
        && ThreadLocalRandom.current().nextDouble() < active.rule.probability();
  }

  /** Returns how many requests of each operation have been received so far. */
  public Map<String, Long> requests() {
    return sums(requests);
  }

  /**
   * Returns the read or write units of these requests by operation, as far as they can be told from
   * them: see {@link StoreRequest#units}.
   */
  public Map<String, Long> units() {
    return sums(units);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((operation, count) -> sums.put(operation, count.sum()));
    return sums;
  }
}
