package accounts.local.momento;

/**
 * An immutable item under a key; changes replace it by another one.
 *
 * <p>It expires at a reading of the store's ticker in nanoseconds; compare by subtraction.
 */
sealed interface Item permits Scalar, Dictionary {

  /** Returns the ticker's reading at which the item expires. */
  long expiresAt();

  /** Returns an item with the same content and another expiry. */
  Item expiringAt(long expiresAt);

  /** Returns the size of the content, without its key. */
  long bytes();
}
