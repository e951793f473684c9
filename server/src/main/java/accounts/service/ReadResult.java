package accounts.service;

import accounts.domain.Entity;
import accounts.domain.Lookup;

/**
 * An answer with its source and age.
 *
 * @param asOf when the read that produced the answer began, in the instance's nanoseconds: the
 *     answer was current then or later
 * @param stamp what was seen of the key in the cache; {@link Stamp#NONE} if it was not read
 * @param memo keeps the message that shows the answer
 */
public record ReadResult<E extends Entity>(
    Lookup<E> lookup, Source source, long asOf, Stamp stamp, Memo memo) {

  /** Creates an answer that was not shown yet. */
  public ReadResult(Lookup<E> lookup, Source source, long asOf, Stamp stamp) {
    this(lookup, source, asOf, stamp, new Memo());
  }

  /** Returns this answer with a nearer source. */
  public ReadResult<E> from(Source nearer) {
    return new ReadResult<>(lookup, nearer, asOf, stamp, memo);
  }

  /** Returns this answer with another stamp. */
  public ReadResult<E> withStamp(Stamp other) {
    return new ReadResult<>(lookup, source, asOf, other, memo);
  }
}
