package accounts.bench.history;

/**
 * A write that has ended for its caller.
 *
 * @param what describes the write for reports
 * @param revision the revision that it created; 0 if not known
 * @param value the content of that revision
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
