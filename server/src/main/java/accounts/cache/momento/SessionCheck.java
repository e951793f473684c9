package accounts.cache.momento;

import accounts.async.CallScope;
import com.google.protobuf.ByteString;
import grpc.cache_client.ECacheResult;
import io.grpc.Status;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tries a session before calls move to it. It must be allowed all that this service does, and find
 * in the cache what the session before it has just left there: with a key of another account, in
 * which there is a cache of the same name, answers would be stale. Its connections are open
 * afterwards.
 *
 * <p>Where the session before does not get through any more, say because its key was withdrawn,
 * nothing can be compared, and the new one is used as after a restart.
 */
final class SessionCheck {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration TTL = Duration.ofMinutes(1);

  private final MomentoSessions sessions;
  private final boolean hints;

  /**
   * @param hints whether the new session must be allowed to use the topic of hints, too
   */
  SessionCheck(MomentoSessions sessions, boolean hints) {
    this.sessions = sessions;
    this.hints = hints;
  }

  /**
   * Tries a session.
   *
   * @return fails, by {@link UnusableKeyException}, if calls must not move to it
   */
  CompletableFuture<Void> run(MomentoSession next) {
    if (!next.endpoint().equals(sessions.endpoint())) {
      return CompletableFuture.failedFuture(
          refused(
              "of a cache at %s (expected: at %s, as on all instances)"
                  .formatted(next.endpoint(), sessions.endpoint())));
    }
    String key = "session-check/" + UUID.randomUUID();
    return left(key)
        .thenCompose(left -> read(next, key, left))
        .thenCompose(read -> written(next, key))
        .thenCompose(written -> published(next));
  }

  /** Leaves an item over the current session; its value is its key. */
  private CompletableFuture<Boolean> left(String key) {
    ByteString bytes = ByteString.copyFromUtf8(key);
    return sessions
        .call(session -> session.items().setIfAbsent(bytes, bytes, TTL, LIMIT))
        .handle((answer, failure) -> answer != null && answer.hasStored());
  }

  private CompletableFuture<Void> read(MomentoSession next, String key, boolean left) {
    return CallScope.of(LIMIT)
        .run(LIMIT, time -> next.items().reads().get(ByteString.copyFromUtf8(key)))
        .handle((answer, failure) -> {
          if (failure instanceof TimeoutException) {
            throw refused("not answered by the cache");
          }
          var unused = accepted("reads of the cache", failure);
          if (left && (answer == null || answer.getResult() != ECacheResult.Hit)) {
            throw refused("of another cache");
          }
          return null;
        });
  }

  private static CompletableFuture<Void> written(MomentoSession next, String key) {
    ByteString bytes = ByteString.copyFromUtf8(key);
    return next.items()
        .setIfEqual(bytes, bytes, bytes, TTL, LIMIT)
        .handle((answer, failure) -> accepted("writes to the cache", failure));
  }

  /** Other instances take an empty text for no hint. */
  private CompletableFuture<Void> published(MomentoSession next) {
    return hints
        ? next.topic()
            .publish("", LIMIT)
            .handle((answer, failure) -> accepted("its topics", failure))
        : CompletableFuture.completedFuture(null);
  }

  private static @Nullable Void accepted(String what, @Nullable Throwable failure) {
    if (failure != null) {
      throw refused(
          "not accepted for %s: %s".formatted(what, Status.fromThrowable(failure).getCode()));
    }
    return null;
  }

  private static CompletionException refused(String reason) {
    return new CompletionException(new UnusableKeyException(reason));
  }
}
