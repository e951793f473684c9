package accounts.cache;

import accounts.domain.Lookup;

/** What the cache says about a key. */
public sealed interface CacheAnswer {

  /**
   * It holds an answer, absence included, that counts.
   *
   * @param lookup the answer
   * @param stamp what the answer was filled under; its generation is the key's present one
   */
  record Hit(Lookup<?> lookup, Stamp stamp) implements CacheAnswer {}

  /**
   * It holds none that counts.
   *
   * @param stamp what an answer may be filled under that is read from the store from now on
   */
  record Miss(Stamp stamp) implements CacheAnswer {}

  /** It did not say in time, or not anything that makes sense, or may not be trusted. */
  record Unavailable() implements CacheAnswer {}
}
