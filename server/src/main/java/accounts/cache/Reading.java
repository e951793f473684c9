package accounts.cache;

import accounts.domain.Entity;
import accounts.domain.Lookup;
import java.time.Duration;

/**
 * An answer and where it came from.
 *
 * @param age how long ago the answer was known to be current
 * @param generation the key's generation when it was looked up; {@link Generation#NONE} where no
 *     cache was asked
 */
public record Reading<E extends Entity>(
    Lookup<E> lookup, Source source, Duration age, Generation generation) {}
