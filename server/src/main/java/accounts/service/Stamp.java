package accounts.service;

/**
 * What a reader saw of a key in the cache. Opaque to the rules, which pass it on to the {@link
 * CommitListener}, for which it saves a read of the cache.
 */
public interface Stamp {

  /** Nothing was seen of the key. */
  Stamp NONE = new Stamp() {};
}
