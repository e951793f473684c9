package accounts.bench.load;

/** A call that a load sends again and again. */
public interface TimedCall {

  /**
   * Sends the call without waiting for the answer.
   *
   * @param number 0 for the first
   * @param due when it should be sent, by {@link System#nanoTime}
   * @param ended must be run once when the call has ended
   */
  void send(long number, long due, Runnable ended);
}
