package accounts.cache.momento;

import java.util.concurrent.atomic.AtomicInteger;
import momento.sdk.auth.CredentialProvider;

/**
 * The clients of Momento that use one key. A session that is retired closes them when its last call
 * in progress has ended.
 *
 * <p>Safe for use by several threads.
 */
public final class MomentoSession {

  private final MomentoItems items;
  private final MomentoTopic topic;
  private final String endpoint;

  /** Calls in progress, and one more until the session is retired. */
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * Opens a session; its clients connect with their first calls.
   *
   * @param items closed by this session
   */
  public MomentoSession(MomentoItems items, CredentialProvider credentials, String cacheName) {
    this.items = items;
    this.topic = new MomentoTopic(credentials, cacheName, MomentoHints.TOPIC);
    this.endpoint = credentials.getCacheEndpoint();
  }

  MomentoItems items() {
    return items;
  }

  MomentoTopic topic() {
    return topic;
  }

  /** Returns the host of the cache, which Momento's key names. */
  String endpoint() {
    return endpoint;
  }

  /** Returns whether a call may begin; it must {@link #release} the session when it has ended. */
  boolean tryAcquire() {
    return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      close();
    }
  }

  /** Closes the session when no call is in progress any more; to be called once. */
  void retire() {
    release();
  }

  /** Closes the clients at once; calls in progress fail. */
  void close() {
    topic.close();
    items.close();
  }
}
