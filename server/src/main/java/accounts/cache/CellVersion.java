package accounts.cache;

/**
 * One stored state of a cell, opaque to everybody but the cache that handed it out. Every state
 * that is put has a version of its own, so a call that arrives late or twice finds another state
 * and does nothing.
 */
public interface CellVersion {}
