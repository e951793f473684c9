package accounts.bench.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes that may still take effect: those in flight, and for a while those whose outcome stayed
 * unknown.
 */
final class OpenWrites {

  private final long longestCall;
  private final List<OpenWrite> open = new ArrayList<>();

  /**
   * @param ended when its caller gave it up; 0 while it is in flight
   */
  private record OpenWrite(long invoked, String value, boolean givenUp, long ended) {}

  /**
   * @param longestCall how long after its end a write that was given up may take effect, in
   *     nanoseconds
   */
  OpenWrites(long longestCall) {
    this.longestCall = longestCall;
  }

  /**
   * @param invoked identifies the write: no other write has the same
   */
  void add(long invoked, String value) {
    open.add(new OpenWrite(invoked, value, false, 0));
  }

  void ended(Write write) {
    List<OpenWrite> ending =
        open.stream().filter(openWrite -> openWrite.invoked() == write.invoked()).toList();
    open.removeAll(ending);
    if (write.outcome() == Outcome.UNKNOWN) {
      ending.forEach(openWrite ->
          open.add(new OpenWrite(openWrite.invoked(), openWrite.value(), true, write.ended())));
    }
  }

  /** Returns whether a read that was sent at this time may have seen one of these writes. */
  boolean any(long readInvoked, Predicate<String> value) {
    open.removeIf(
        openWrite -> openWrite.givenUp() && readInvoked - openWrite.ended() > longestCall);
    return open.stream().anyMatch(openWrite -> value.test(openWrite.value()));
  }
}
