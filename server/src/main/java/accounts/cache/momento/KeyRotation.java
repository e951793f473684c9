package accounts.cache.momento;

import accounts.async.OutageLog;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the file with Momento's key, and moves calls to a session with the new one when it
 * changes. A file that cannot be read, or a key that is refused, leaves the last good key in use,
 * and is tried again.
 *
 * <p>On a thread of its own, since files and new clients take their time.
 */
public final class KeyRotation implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);

  private static final Duration EVERY = Duration.ofSeconds(5);

  private final KeySource file;
  private final Opener opener;
  private final MomentoSessions sessions;
  private final SessionCheck check;
  private final OutageLog outage =
      new OutageLog(
          log,
          1,
          "Momento's key in the file cannot be used, the last one is kept",
          "Momento's key in the file can be used again");
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("momento-key").factory());
  private volatile String key;
  private CompletableFuture<Void> running =
      CompletableFuture.completedFuture(null); // guarded by this

  /** Reads the file. */
  @FunctionalInterface
  public interface KeySource {

    /**
     * Returns the key as it is now; may block.
     *
     * @throws IOException if there is none; its message is logged
     */
    String read() throws IOException;
  }

  /** Opens sessions. */
  @FunctionalInterface
  public interface Opener {

    /**
     * Returns a new session.
     *
     * @throws UnusableKeyException if this cannot be a key of Momento's
     */
    MomentoSession open(String key) throws UnusableKeyException;
  }

  /**
   * @param key the one that the current session uses
   * @param sessions stays the caller's to close
   * @param hints whether keys must be allowed to use topics
   */
  public KeyRotation(
      KeySource file, String key, Opener opener, MomentoSessions sessions, boolean hints) {
    this.file = file;
    this.key = key;
    this.opener = opener;
    this.sessions = sessions;
    this.check = new SessionCheck(sessions, hints);
  }

  /** Begins to watch the file, until this is closed. */
  public void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    var unused = checked();
  }

  /**
   * Compares the file with the key in use, unless that is being done.
   *
   * @return completes when the key in use is that of the file, or was found unusable; never fails
   */
  synchronized CompletableFuture<Void> checked() {
    if (running.isDone()) {
      running =
          CompletableFuture.<Void>completedFuture(null)
              .thenComposeAsync(none -> current(), thread)
              .handle((none, failure) -> ended(failure));
    }
    return running.copy();
  }

  private CompletableFuture<Void> current() {
    try {
      String read = file.read();
      return read.equals(key)
          ? CompletableFuture.completedFuture(null)
          : moved(read, opener.open(read));
    } catch (IOException | UnusableKeyException e) {
      return CompletableFuture.failedFuture(e);
    } catch (RuntimeException e) {
      // Of the SDK, whose message may have parts of the key.
      return CompletableFuture.failedFuture(
          new UnusableKeyException("refused by the SDK: " + e.getClass().getSimpleName()));
    }
  }

  private CompletableFuture<Void> moved(String read, MomentoSession next) {
    return check
        .run(next)
        .whenComplete((none, failure) -> {
          if (failure != null) {
            next.retire();
          }
        })
        .thenRun(() -> {
          sessions.move(next);
          key = read;
          log.info("Momento's key was replaced, calls use the one in the file");
        });
  }

  private @Nullable Void ended(@Nullable Throwable failure) {
    if (failure == null) {
      outage.succeeded();
    } else {
      outage.failed("MOMENTO_API_KEY_FILE", failure);
    }
    return null;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
