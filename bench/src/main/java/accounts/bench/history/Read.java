package accounts.bench.history;

/**
 * A read that was answered.
 *
 * @param minRevision the least revision that the caller asked for; 0 for any
 */
public record Read(
    String instance,
    Consistency consistency,
    long minRevision,
    long invoked,
    long ended,
    Answer answer)
    implements Operation {}
