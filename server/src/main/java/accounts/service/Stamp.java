package accounts.service;

/**
 * What a reader saw of a key in the cache, opaque to the rules: they hand it back to the {@link
 * CommitListener}, to which it saves a look.
 */
public interface Stamp {

  /** Nothing was seen of the key. */
  Stamp NONE = new Stamp() {};
}
