package accounts.bench.freshness;

import accounts.bench.history.Consistency;
import accounts.bench.history.Kind;
import accounts.bench.history.Outcome;
import accounts.bench.history.Source;
import io.grpc.Status;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts calls and how they ended. Safe for any thread. */
public final class Tally {

  private static final int DIGITS = 3;
  private static final LongAdder NONE = new LongAdder();

  /** Refusals that the contract provides for: the service works as specified. */
  private static final Set<Status.Code> ANSWERS =
      Set.of(Status.Code.ALREADY_EXISTS, Status.Code.NOT_FOUND, Status.Code.FAILED_PRECONDITION);

  /** Codes that a healthy service never answers these calls with, whichever dependency fails. */
  private static final Set<Status.Code> UNEXPECTED =
      Set.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.PERMISSION_DENIED,
          Status.Code.UNAUTHENTICATED,
          Status.Code.UNIMPLEMENTED,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN,
          Status.Code.DATA_LOSS);

  private final Map<String, LongAdder> reads = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> writes = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
  private final LongAdder checked = new LongAdder();
  private final LongAdder unexpected = new LongAdder();
  private final Histogram readTimes = new ConcurrentHistogram(DIGITS);
  private final Histogram writeTimes = new ConcurrentHistogram(DIGITS);
  private final Recorder phaseReads = new Recorder(DIGITS);
  private final Recorder phaseWrites = new Recorder(DIGITS);
  private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder createdAfterAbsences = new LongAdder();
  private final LongAdder deletions = new LongAdder();
  private final LongAdder joins = new LongAdder();

  void read(Kind kind, Consistency consistency, Source source) {
    checked.increment();
    count(reads, "%-12s %-7s from %s".formatted(kind, consistency, source));
  }

  /** Counts one entity of a list, shown or not. */
  void list(boolean shown) {
    checked.increment();
    count(reads, "%-12s %-7s %s".formatted("LIST", "", shown ? "shown" : "not shown"));
  }

  /** Counts an answer that the contract rules out, whatever is stored. */
  void wrong(String what) {
    unexpected.increment();
    count(failures, "unexpected   " + what);
  }

  /** Counts a call that its caller cancelled before the answer. */
  void cancelled() {
    cancelled.increment();
  }

  /** Counts an entity that was created after readers had read its absence. */
  void createdAfterAbsence() {
    createdAfterAbsences.increment();
  }

  /** Counts a user or an organization that was deleted while readers read it. */
  void deleted() {
    deletions.increment();
  }

  /** Counts a membership that began by an invitation while readers read it. */
  void joined() {
    joins.increment();
  }

  void readTook(long nanos) {
    readTimes.recordValue(nanos / 1000);
    phaseReads.recordValue(nanos / 1000);
  }

  void writeTook(long nanos) {
    writeTimes.recordValue(nanos / 1000);
    phaseWrites.recordValue(nanos / 1000);
  }

  void write(Kind kind, Outcome outcome) {
    count(writes, "%-12s %s".formatted(kind, outcome));
  }

  void failed(String what, Status status) {
    count(failures, "%-12s %s".formatted(what, status.getCode()));
    if (!ANSWERS.contains(status.getCode())) {
      count(failed, what);
    }
    if (UNEXPECTED.contains(status.getCode())) {
      unexpected.increment();
      count(failures, "unexpected   " + what + " " + status.getDescription());
    }
  }

  private static void count(Map<String, LongAdder> counts, String what) {
    counts.computeIfAbsent(what, ignored -> new LongAdder()).increment();
  }

  /** Returns how many answers were checked; each result of a batch is one. */
  public long checked() {
    return checked.sum();
  }

  /** Returns how many calls failed in a way that no fault of a dependency explains. */
  public long unexpected() {
    return unexpected.sum();
  }

  /** Returns how many calls were cancelled before the answer. */
  public long cancelledCalls() {
    return cancelled.sum();
  }

  /** Returns how many entities were created after readers had read their absence. */
  public long absentThenCreated() {
    return createdAfterAbsences.sum();
  }

  /** Returns how many users and organizations were deleted while readers read them. */
  public long deletions() {
    return deletions.sum();
  }

  /** Returns how many memberships began by an invitation while readers read them. */
  public long joins() {
    return joins.sum();
  }

  /** Returns how many calls failed, not counting refusals that the contract provides for. */
  public long failures() {
    return failed.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /**
   * Returns how many calls of a kind, {@code read} or {@code write}, failed, not counting those
   * refusals.
   */
  public long failures(String what) {
    return failed.getOrDefault(what, NONE).sum();
  }

  /** Starts a new phase for {@link #phaseTimes}. */
  public void beginPhase() {
    phaseReads.reset();
    phaseWrites.reset();
  }

  /** Returns the latencies of calls since the phase began, as text. */
  public String phaseTimes() {
    return (times("read", phaseReads.getIntervalHistogram())
            + ", "
            + times("write", phaseWrites.getIntervalHistogram()))
        .replace(System.lineSeparator(), "");
  }

  /** Returns all counts as text, one line each. */
  public String text() {
    return section("reads checked", reads)
        + section("writes", writes)
        + section("failed calls", failures)
        + "%,d users and organizations deleted, by two changes each%n".formatted(deletions.sum())
        + "%,d memberships begun by an invitation%n".formatted(joins.sum())
        + "%,d reads cancelled before they were answered%n".formatted(cancelled.sum())
        + times("read", readTimes)
        + times("write", writeTimes);
  }

  private static String section(String title, Map<String, LongAdder> counts) {
    StringBuilder text = new StringBuilder(title).append('\n');
    new TreeMap<>(counts)
        .forEach((what, count) -> text.append("  %-40s %,12d%n".formatted(what, count.sum())));
    return text.toString();
  }

  private static String times(String what, Histogram histogram) {
    return "%s p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n"
        .formatted(
            what,
            histogram.getValueAtPercentile(50) / 1e3,
            histogram.getValueAtPercentile(99) / 1e3,
            histogram.getMaxValue() / 1e3);
  }
}
