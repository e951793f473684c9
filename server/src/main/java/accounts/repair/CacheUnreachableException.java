package accounts.repair;

/** This instance cannot bring cells up to date: the cache does not answer, or may not be used. */
public final class CacheUnreachableException extends RuntimeException {

  /**
   * @param message what was tried
   */
  public CacheUnreachableException(String message) {
    super(message);
  }
}
