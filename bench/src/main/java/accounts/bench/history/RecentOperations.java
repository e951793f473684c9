package accounts.bench.history;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** The last operations on a key, which show what led to a violation. */
final class RecentOperations {

  private static final int KEPT_WRITES = 8;
  private static final int KEPT_READS = 16;

  private final Deque<Operation> writes = new ArrayDeque<>();
  private final Deque<Operation> reads = new ArrayDeque<>();

  void add(Operation operation) {
    switch (operation) {
      case Write write -> add(writes, write, KEPT_WRITES);
      case Read read -> add(reads, read, KEPT_READS);
    }
  }

  private static void add(Deque<Operation> kept, Operation operation, int limit) {
    kept.addLast(operation);
    if (kept.size() > limit) {
      kept.removeFirst();
    }
  }

  /** Returns the operations in the order in which they were sent. */
  List<Operation> operations() {
    return Stream.concat(writes.stream(), reads.stream())
        .sorted(Comparator.comparingLong(Operation::invoked))
        .toList();
  }
}
