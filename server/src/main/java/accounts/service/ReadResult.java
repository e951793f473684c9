package accounts.service;

import accounts.domain.Entity;
import accounts.domain.Lookup;

/**
 * An answer and where it came from.
 *
 * @param asOf when the read that produced the answer began, in the instance's nanoseconds: the
 *     answer was current then or later
 * @param stamp what was seen in the cache on the way; {@link Stamp#NONE} where no cache was asked
 */
public record ReadResult<E extends Entity>(
    Lookup<E> lookup, Source source, long asOf, Stamp stamp) {

  /** Returns this answer as one that was found somewhere nearer. */
  public ReadResult<E> from(Source nearer) {
    return new ReadResult<>(lookup, nearer, asOf, stamp);
  }

  /** Returns this answer with what is known of its key by now. */
  public ReadResult<E> withStamp(Stamp other) {
    return new ReadResult<>(lookup, source, asOf, other);
  }
}
