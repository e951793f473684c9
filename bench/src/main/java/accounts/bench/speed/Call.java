package accounts.bench.speed;

/** A kind of call that is made again and again. Safe for any thread. */
interface Call {

  /** What is told how a call ended, once. */
  interface Ended {

    /**
     * Takes note of the end.
     *
     * @param asExpected false for a failure, and for an answer that is not from where this kind of
     *     call is to be answered from
     */
    void ended(boolean asExpected);
  }

  /**
   * Sends a call without waiting for its answer.
   *
   * @param number of the call, which chooses what it asks for; never the same twice
   */
  void send(long number, Ended ended);
}
