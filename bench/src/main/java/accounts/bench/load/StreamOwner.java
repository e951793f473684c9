package accounts.bench.load;

import accounts.bench.harness.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds the instance that owns the table's stream, by its requests for records. */
final class StreamOwner {

  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final int TRIES = 10;

  private StreamOwner() {}

  /**
   * Returns the number of the owner.
   *
   * @throws IllegalStateException if no instance reads the stream for a while
   */
  static int number(Cluster cluster) throws InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      OptionalInt found = find(cluster);
      if (found.isPresent()) {
        return found.getAsInt();
      }
    }
    throw new IllegalStateException(
        "no instance owns the table's stream (no GetRecords for %d s)"
            .formatted(TRIES * INTERVAL.toSeconds()));
  }

  /** Returns the number of the owner; empty if no instance reads the stream now. */
  static OptionalInt find(Cluster cluster) throws InterruptedException {
    List<Long> before = reads(cluster);
    Thread.sleep(INTERVAL);
    List<Long> after = reads(cluster);
    List<Long> between =
        IntStream.range(0, before.size()).mapToObj(n -> after.get(n) - before.get(n)).toList();
    long most = between.stream().mapToLong(Long::longValue).max().orElse(0);
    return most > 0 ? OptionalInt.of(between.indexOf(most)) : OptionalInt.empty();
  }

  private static List<Long> reads(Cluster cluster) {
    return cluster.nodes().stream()
        .map(node -> node.store().faults().requests().getOrDefault("GetRecords", 0L))
        .toList();
  }
}
