package accounts.cache.momento;

import momento.sdk.auth.CredentialProvider;
import momento.sdk.auth.MomentoLocalProvider;

/** Creates credentials, which say where the cache is, too. */
public final class MomentoCredentials {

  private MomentoCredentials() {}

  /**
   * Returns credentials for Momento's cloud.
   *
   * @throws UnusableKeyException if the SDK cannot read the key
   */
  public static CredentialProvider cloud(String apiKey) throws UnusableKeyException {
    try {
      return CredentialProvider.fromString(apiKey);
    } catch (RuntimeException e) {
      // Of the SDK's own, or of what it reads the key with; its message may have parts of the key.
      throw new UnusableKeyException("not a key as Momento's console hands it out");
    }
  }

  /** Returns credentials for a plaintext server with Momento's protocol. */
  public static CredentialProvider local(String host, int port) {
    return new MomentoLocalProvider(host, port);
  }
}
