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

/** The rules for one instance's requests to DynamoDB, and how many there were. */
public final class StoreFaults {

  /** A rule at work. */
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

    /** Returns how many requests it struck. */
    public long struck() {
      return struck.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Returns how many requests that it struck DynamoDB has answered: they are done. */
    long answers() {
      return answers.sum();
    }

    /** Returns how many requests of each operation it struck. */
    public Map<String, Long> struckByOperation() {
      return sums(struck);
    }

    /** Does what is to be done once DynamoDB has answered, before anybody hears of it. */
    void answered() {
      answers.increment();
      then.run();
    }
  }

  private final List<Active> rules = new CopyOnWriteArrayList<>();
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger mostReads = new AtomicInteger();

  /** A read goes to DynamoDB. */
  void readBegins() {
    mostReads.accumulateAndGet(reads.incrementAndGet(), Math::max);
  }

  /** It is answered, or never will be. */
  void readEnds() {
    reads.decrementAndGet();
  }

  /** Returns how many reads of entities were under way at once at the most. */
  int mostReads() {
    return mostReads.get();
  }

  /** Adds a rule. */
  public Active add(StoreRule rule) {
    return add(rule, () -> {});
  }

  /**
   * Adds a rule.
   *
   * @param then is run when DynamoDB has answered a request that the rule strikes, before the
   *     answer goes on; for DELAY_ANSWER and LOSE_ANSWER
   */
  public Active add(StoreRule rule, Runnable then) {
    Active active = new Active(rule, then);
    rules.add(active);
    return active;
  }

  /** Takes a rule back. */
  public void remove(Active active) {
    rules.remove(active);
  }

  /** Counts a request, and returns the first rule that strikes it. */
  Optional<Active> draw(StoreRequest request) {
    count(requests, request);
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

  /** Returns how many requests of each operation came so far. */
  public Map<String, Long> requests() {
    return sums(requests);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((operation, count) -> sums.put(operation, count.sum()));
    return sums;
  }
}
