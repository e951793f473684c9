package accounts.cache;

import accounts.domain.Lookup;

/** What the cache says about a key. */
public sealed interface CacheAnswer {

  /**
   * It holds an answer, absence included, that counts.
   *
   * @param lookup the answer
   * @param generation the key's present generation
   */
  record Hit(Lookup<?> lookup, Generation generation) implements CacheAnswer {}

  /**
   * It holds none that counts.
   *
   * @param generation the key's present generation
   */
  record Miss(Generation generation) implements CacheAnswer {}

  /** It did not say in time, or not anything that makes sense. */
  record Unavailable() implements CacheAnswer {}
}
