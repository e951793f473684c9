package accounts.repair;

/**
 * Thrown when this instance cannot update cells: the cache does not answer, or there is no valid
 * lease.
 */
public final class CacheUnreachableException extends RuntimeException {

  /**
   * @param message what was tried
   */
  public CacheUnreachableException(String message) {
    super(message);
  }
}
