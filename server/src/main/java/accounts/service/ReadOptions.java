package accounts.service;

import accounts.domain.Revision;

/**
 * The options of a read.
 *
 * @param minRevision answers from a cache that are older are replaced by the store's
 */
public record ReadOptions(Consistency consistency, Revision minRevision) {

  /** The options of a request that sets none. */
  public static final ReadOptions DEFAULT = new ReadOptions(Consistency.FRESH, Revision.NONE);
}
