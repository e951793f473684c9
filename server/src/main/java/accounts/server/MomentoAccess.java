package accounts.server;

import accounts.cache.momento.KeyRotation;
import accounts.cache.momento.MomentoCredentials;
import accounts.cache.momento.MomentoSession;
import accounts.cache.momento.MomentoSessions;
import accounts.cache.momento.ReadThreads;
import accounts.cache.momento.UnusableKeyException;
import accounts.server.config.Configuration;
import accounts.server.config.ConfigurationException;
import accounts.server.config.KeyFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import momento.sdk.auth.CredentialProvider;

/**
 * The way to Momento: the session that calls use and, where its key is in a file, what moves calls
 * to another when the file changes.
 */
record MomentoAccess(MomentoSessions sessions, Optional<KeyRotation> rotation)
    implements AutoCloseable {

  /**
   * Opens a session as the configuration says.
   *
   * @param threads stay the caller's to end
   * @throws ConfigurationException if Momento's SDK cannot read the key
   */
  static MomentoAccess open(Configuration configuration, Parts parts, ReadThreads threads)
      throws ConfigurationException {
    Configuration.Cache cache = configuration.cache();
    if (cache.local().isPresent()) {
      Configuration.HostAndPort local = cache.local().get();
      return fixed(
          session(MomentoCredentials.local(local.host(), local.port()), cache, parts, threads));
    }
    return cache.apiKeyFile().isPresent()
        ? rotating(cache.apiKeyFile().get(), configuration, parts, threads)
        : fixed(
            checked(
                "MOMENTO_API_KEY",
                () -> session(cache.apiKey().orElseThrow(), cache, parts, threads)));
  }

  private static MomentoAccess fixed(MomentoSession session) {
    return new MomentoAccess(new MomentoSessions(session), Optional.empty());
  }

  private static MomentoAccess rotating(
      KeyFile file, Configuration configuration, Parts parts, ReadThreads threads)
      throws ConfigurationException {
    Configuration.Cache cache = configuration.cache();
    String variable = "MOMENTO_API_KEY_FILE";
    String key = checked(variable, file::read);
    MomentoSessions sessions =
        new MomentoSessions(checked(variable, () -> session(key, cache, parts, threads)));
    return new MomentoAccess(
        sessions,
        Optional.of(
            new KeyRotation(
                file::read,
                key,
                next -> session(next, cache, parts, threads),
                sessions,
                configuration.freshness().hints())));
  }

  private static MomentoSession session(
      String key, Configuration.Cache cache, Parts parts, ReadThreads threads)
      throws UnusableKeyException {
    return session(parts.credentials(key), cache, parts, threads);
  }

  private static MomentoSession session(
      CredentialProvider credentials, Configuration.Cache cache, Parts parts, ReadThreads threads) {
    return new MomentoSession(
        parts.items(credentials, cache.name(), threads), credentials, cache.name());
  }

  /** What yields a key, or needs one. */
  @FunctionalInterface
  private interface Step<T> {
    T run() throws IOException, UnusableKeyException;
  }

  private static <T> T checked(String variable, Step<T> step) throws ConfigurationException {
    try {
      return step.run();
    } catch (IOException | UnusableKeyException e) {
      throw new ConfigurationException(
          List.of(
              "%s: *** (expected: a key as Momento's console hands it out)".formatted(variable)));
    }
  }

  /** Begins to watch the file, if there is one. */
  void start() {
    rotation.ifPresent(KeyRotation::start);
  }

  @Override
  public void close() {
    rotation.ifPresent(KeyRotation::close);
    sessions.close();
  }
}
