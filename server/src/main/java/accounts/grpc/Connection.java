package accounts.grpc;

/**
 * A connection to this instance.
 *
 * @param name address and port at its other end
 * @param openedAt when it was ready, by {@link System#nanoTime}
 */
record Connection(String name, long openedAt) {}
