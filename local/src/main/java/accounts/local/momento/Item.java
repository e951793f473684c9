package accounts.local.momento;

/**
 * What a key holds. Items never change: a change puts another one in their place.
 *
 * <p>Its end is a reading of the store's ticker in nanoseconds; compare by subtraction.
 */
sealed interface Item permits Scalar, Dictionary {

  /** Returns the ticker's reading at which the item ceases to be. */
  long expiresAt();

  /** Returns the same content with another end. */
  Item expiringAt(long expiresAt);

  /** Returns the size of the content, without its key. */
  long bytes();
}
