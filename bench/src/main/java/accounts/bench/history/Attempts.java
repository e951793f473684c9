package accounts.bench.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes that may still take effect, each with the value that it would leave behind: those that
 * have not ended, and for a while those whose outcome nobody learned.
 */
final class Attempts {

  private final long longestCall;
  private final List<Attempt> open = new ArrayList<>();

  /**
   * @param ended when it was given up; 0 while it is in flight
   */
  private record Attempt(long invoked, String value, boolean givenUp, long ended) {}

  /**
   * @param longestCall after which a write that was given up takes effect no more, in nanoseconds
   */
  Attempts(long longestCall) {
    this.longestCall = longestCall;
  }

  /**
   * @param invoked no other attempt's
   */
  void add(long invoked, String value) {
    open.add(new Attempt(invoked, value, false, 0));
  }

  void ended(Write write) {
    List<Attempt> ending =
        open.stream().filter(attempt -> attempt.invoked() == write.invoked()).toList();
    open.removeAll(ending);
    if (write.outcome() == Outcome.UNKNOWN) {
      ending.forEach(attempt ->
          open.add(new Attempt(attempt.invoked(), attempt.value(), true, write.ended())));
    }
  }

  /** Returns whether a read that was sent then may have seen the effect of one of them. */
  boolean any(long readInvoked, Predicate<String> value) {
    open.removeIf(attempt -> attempt.givenUp() && readInvoked - attempt.ended() > longestCall);
    return open.stream().anyMatch(attempt -> value.test(attempt.value()));
  }
}
