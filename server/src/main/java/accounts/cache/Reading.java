package accounts.cache;

import accounts.domain.Entity;
import accounts.domain.Lookup;

/**
 * An answer and where it came from.
 *
 * @param asOf when the read that produced the answer began, in the instance's nanoseconds: the
 *     answer was current then or later
 * @param stamp the key's stamp when it was looked up; {@link Stamp#NONE} where no cache was asked
 */
public record Reading<E extends Entity>(Lookup<E> lookup, Source source, long asOf, Stamp stamp) {

  /** Returns this answer as one that was found somewhere nearer. */
  Reading<E> from(Source nearer) {
    return new Reading<>(lookup, nearer, asOf, stamp);
  }

  /** Returns this answer, dated otherwise. */
  Reading<E> datedBy(long other) {
    return new Reading<>(lookup, source, other, stamp);
  }
}
