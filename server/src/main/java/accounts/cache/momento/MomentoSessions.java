package accounts.cache.momento;

import accounts.async.InFlight;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The session with Momento that calls use, one after the other: a new key means a new session.
 *
 * <p>Safe for use by several threads.
 */
public final class MomentoSessions implements AutoCloseable {

  private final InFlight inFlight = new InFlight();
  private volatile MomentoSession current;

  /**
   * @param first closed by this
   */
  public MomentoSessions(MomentoSession first) {
    this.current = first;
  }

  /** Returns the host of the cache; the same for all sessions. */
  public String endpoint() {
    return current.endpoint();
  }

  /** Returns the topic of hints over the current session. */
  MomentoTopic topic() {
    return current.topic();
  }

  /** Starts a call; the session that it is given stays open until the call has ended. */
  <T> CompletableFuture<T> call(Function<MomentoSession, CompletableFuture<T>> call) {
    MomentoSession session = acquired();
    CompletableFuture<T> answer;
    try {
      answer = call.apply(session);
    } catch (RuntimeException e) {
      session.release();
      throw e;
    }
    return inFlight.track(answer).whenComplete((result, failure) -> session.release());
  }

  private MomentoSession acquired() {
    MomentoSession session = current;
    while (!session.tryAcquire()) {
      session = current; // it was retired just now, so there is another
    }
    return session;
  }

  /**
   * Lets all calls from now on use another session, and retires the one before: subscriptions end
   * with it.
   */
  void move(MomentoSession next) {
    MomentoSession before = current;
    current = next;
    before.retire();
  }

  /**
   * Returns a future that completes when no call is in progress: fills and hints, which nobody
   * waits for, included. To be called once, when hardly any call begins any more.
   */
  public CompletableFuture<Void> ended() {
    return inFlight.ended();
  }

  /** Closes the current session; calls in progress fail, and so do those that still come. */
  @Override
  public void close() {
    current.close();
  }
}
