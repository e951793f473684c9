package accounts.bench.history;

/**
 * A write that its caller waits for no longer.
 *
 * @param what a person is to know of it
 * @param revision the one it made; 0 if that is not known
 * @param value what that revision contains
 */
public record Write(
    String instance,
    String what,
    long invoked,
    long ended,
    Outcome outcome,
    long revision,
    String value)
    implements Operation {}
