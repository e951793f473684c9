package accounts.cache;

/**
 * Identifies one stored state of a cell; opaque except to the cache that created it. Every stored
 * state has a version of its own, so a call that arrives late or twice finds another version and
 * does nothing.
 */
public interface CellVersion {}
