package accounts.bench.simulation;

/**
 * A call of the service.
 *
 * @param at when, in nanoseconds from the start of the trace
 * @param instance which instance gets it, from 0
 * @param key of the user, from 1
 */
record Call(long at, int instance, long key, Kind kind) {

  /** What is asked for. */
  enum Kind {
    FRESH,
    BOUNDED,
    WRITE
  }
}
