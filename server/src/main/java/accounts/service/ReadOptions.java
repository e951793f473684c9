package accounts.service;

import accounts.domain.Revision;

/**
 * What a caller asks of a read.
 *
 * @param minRevision an older answer from a cache is passed over for the store's
 */
public record ReadOptions(Consistency consistency, Revision minRevision) {

  /** What a caller gets who asks for nothing. */
  public static final ReadOptions DEFAULT = new ReadOptions(Consistency.FRESH, Revision.NONE);
}
