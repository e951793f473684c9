package accounts.cache.momento;

/** Says why a Momento key cannot be used; shows nothing of the key. */
public final class UnusableKeyException extends Exception {

  /**
   * @param reason what is wrong, without any part of the key
   */
  public UnusableKeyException(String reason) {
    super(reason);
  }
}
