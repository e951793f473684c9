package accounts.identity;

import accounts.async.OutageLog;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys: fetched in the background every few minutes, and when a token names one that is
 * not known. The last good ones are kept while the issuer does not answer.
 *
 * <p>By hand, since the key sources of the JWT library block the caller while they fetch.
 */
final class IssuerKeys implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

  private static final Duration REFRESH = Duration.ofMinutes(5);
  private static final Duration RETRY = Duration.ofSeconds(5);

  /**
   * Tokens with made-up keys must not make this service a burden to the issuer: on average there is
   * this much time between two fetches.
   */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** How many there may be at once, so that a new key is fetched soon after the old ones were. */
  private static final int AT_ONCE = 3;

  private final KeySource source;
  private final LongSupplier nanoTime;
  private final OutageLog outage;
  private final ScheduledExecutorService thread;
  private volatile JWKSet keys = new JWKSet();
  private @Nullable CompletableFuture<Void> running; // guarded by this
  private long began; // guarded by this

  /** Each fetch moves it on by a pause; so far ahead of the time as fetches are not paid for. */
  private long paidUntil; // guarded by this

  private boolean current; // guarded by this; whether the last fetch succeeded

  /**
   * @param issuer for the log
   * @param nanoTime paces fetches, in nanoseconds from any origin
   */
  IssuerKeys(String issuer, KeySource source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
    this.paidUntil = nanoTime.getAsLong();
    this.began = paidUntil - REFRESH.toNanos();
    this.outage =
        new OutageLog(
            log,
            1,
            "keys of %s cannot be fetched, the last ones are kept".formatted(issuer),
            "keys of %s are fetched again".formatted(issuer));
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("issuer-keys").factory());
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::fetchIfDue, 0, RETRY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void fetchIfDue() {
    if (isDue()) {
      var unused = refreshed();
    }
  }

  private synchronized boolean isDue() {
    return !current || nanoTime.getAsLong() - began >= REFRESH.toNanos();
  }

  JWKSet current() {
    return keys;
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /**
   * Returns whether a key is known.
   *
   * @param id null where a token does not name its key: any of them may be it
   */
  boolean has(@Nullable String id) {
    return id == null ? !keys.isEmpty() : keys.getKeyByKeyId(id) != null;
  }

  /**
   * Fetches the keys, unless that was done too often of late. Concurrent callers share a fetch.
   *
   * @return completes when the keys are as current as they will be for now; never fails
   */
  synchronized CompletableFuture<Void> refreshed() {
    if (running != null && !running.isDone()) {
      return running.copy();
    }
    long now = nanoTime.getAsLong();
    long ahead = Math.max(0, paidUntil - now);
    if (ahead > (AT_ONCE - 1) * PAUSE.toNanos()) {
      return CompletableFuture.completedFuture(null);
    }
    paidUntil = now + ahead + PAUSE.toNanos();
    began = now;
    running = CompletableFuture.runAsync(this::fetch, thread);
    return running.copy();
  }

  private void fetch() {
    try {
      JWKSet fetched = source.fetch();
      if (fetched.isEmpty()) {
        throw new IOException("an empty set of keys");
      }
      keys = fetched.toPublicJWKSet();
      ended(true);
      outage.succeeded();
    } catch (IOException | ParseException | GeneralSecurityException | RuntimeException e) {
      ended(false);
      outage.failed("JWK set", e);
    }
  }

  private synchronized void ended(boolean succeeded) {
    current = succeeded;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
