package accounts.cache.momento;

import accounts.async.CallScope;
import accounts.async.OutageLog;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import com.google.protobuf.ByteString;
import grpc.cache_client._SetIfResponse;
import io.grpc.Context;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import momento.sdk.responses.cache.GetBatchResponse;
import momento.sdk.responses.cache.GetResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link CellCache} in Momento: one item a key, read by the SDK and changed by check-and-set calls
 * only; see {@code docs/adr/0008}.
 */
public final class MomentoCellCache implements CellCache {

  private static final Logger log = LoggerFactory.getLogger(MomentoCellCache.class);

  /** Consecutive failed calls before the outage is logged. */
  private static final int FAILURES = 3;

  /**
   * Longer than any call may linger, so that a claim that is applied twice does not meet an item
   * that expired in between.
   */
  private static final Duration LOADING_TTL = Duration.ofMinutes(1);

  private final MomentoSessions sessions;
  private final String cacheName;
  private final CellCodec codec;
  private final Duration timeout;
  private final Duration ttl;
  private final OutageLog outages =
      new OutageLog(
          log, FAILURES, "cache does not answer, reads go to the store", "cache answers again");

  /**
   * @param sessions whose clients read consistently and repeat nothing, see {@link MomentoClients};
   *     stays the caller's to close
   * @param timeout longest time for one call
   * @param ttl how long an answer is kept
   */
  public MomentoCellCache(
      MomentoSessions sessions, String cacheName, CellCodec codec, Duration timeout, Duration ttl) {
    this.sessions = sessions;
    this.cacheName = cacheName;
    this.codec = codec;
    this.timeout = timeout;
    this.ttl = ttl;
  }

  /** The bytes of a state; no two states have the same. */
  private record Bytes(ByteString value) implements CellVersion {}

  @Override
  public CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    return call(scope, (session, time) -> session.cache().get(cacheName, key.text()))
        .handle((response, failure) -> answer(key, response, failure, scope));
  }

  private CellAnswer answer(
      CellKey key, @Nullable GetResponse response, @Nullable Throwable failure, CallScope scope) {
    return switch (response) {
      case GetResponse.Hit hit -> {
        outages.succeeded();
        byte[] bytes = hit.valueByteArray();
        yield new CellAnswer.Seen(codec.decode(key, bytes), new Bytes(ByteString.copyFrom(bytes)));
      }
      case GetResponse.Miss miss -> {
        outages.succeeded();
        yield new CellAnswer.Nothing();
      }
      case null, default -> {
        failed("get", response instanceof Throwable error ? error : failure, scope);
        yield new CellAnswer.Unavailable();
      }
    };
  }

  @Override
  public CompletableFuture<Map<CellKey, CellAnswer>> getAll(
      Collection<CellKey> keys, CallScope scope) {
    List<String> texts = keys.stream().map(CellKey::text).toList();
    return call(scope, (session, time) -> session.cache().getBatch(cacheName, texts))
        .handle((response, failure) -> {
          Map<String, GetResponse> found =
              response instanceof GetBatchResponse.Success success ? success.results() : Map.of();
          if (response instanceof GetBatchResponse.Success) {
            outages.succeeded();
          } else {
            failed("getBatch", response instanceof Throwable error ? error : failure, scope);
          }
          Map<CellKey, CellAnswer> answers = new HashMap<>();
          keys.forEach(key -> answers.put(key, answer(key, found.get(key.text()))));
          return answers;
        });
  }

  private CellAnswer answer(CellKey key, @Nullable GetResponse response) {
    return switch (response) {
      case GetResponse.Hit hit -> {
        byte[] bytes = hit.valueByteArray();
        yield new CellAnswer.Seen(codec.decode(key, bytes), new Bytes(ByteString.copyFrom(bytes)));
      }
      case GetResponse.Miss miss -> new CellAnswer.Nothing();
      case null, default -> new CellAnswer.Unavailable();
    };
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    ByteString value = codec.encode(key, next);
    return swap(
        value,
        scope,
        (session, time) ->
            session
                .compareAndSet()
                .setIfAbsent(ByteString.copyFromUtf8(key.text()), value, ttl(next), time));
  }

  @Override
  public CompletableFuture<SwapResult> replace(
      CellKey key, CellVersion expected, Cell next, CallScope scope) {
    ByteString value = codec.encode(key, next);
    return swap(
        value,
        scope,
        (session, time) ->
            session
                .compareAndSet()
                .setIfEqual(
                    ByteString.copyFromUtf8(key.text()),
                    ((Bytes) expected).value(),
                    value,
                    ttl(next),
                    time));
  }

  private Duration ttl(Cell cell) {
    return cell instanceof Cell.Loading ? LOADING_TTL : ttl;
  }

  private CompletableFuture<SwapResult> swap(
      ByteString value,
      CallScope scope,
      BiFunction<MomentoSession, Duration, CompletableFuture<_SetIfResponse>> swap) {
    return call(scope, swap)
        .handle((response, failure) -> {
          if (response == null) {
            failed("setIf", failure, scope);
            return new SwapResult.Unavailable();
          }
          outages.succeeded();
          return response.hasStored()
              ? new SwapResult.Swapped(new Bytes(value))
              : new SwapResult.Mismatch();
        });
  }

  /** A call that was cancelled by its caller says nothing about the cache. */
  private void failed(String call, @Nullable Throwable cause, CallScope scope) {
    if (!scope.isOver() && !(cause instanceof CancellationException)) {
      outages.failed(call, cause);
    }
  }

  /**
   * Every call has a bound of ours: the SDK's own futures may never complete (its error mapper can
   * throw).
   */
  private <T> CompletableFuture<T> call(
      CallScope scope, BiFunction<MomentoSession, Duration, CompletableFuture<T>> call) {
    return sessions.call(
        session -> scope.run(timeout, time -> outsideContext(() -> call.apply(session, time))));
  }

  /**
   * Outside the caller's gRPC context: its cancellation reaches the call through the scope, or is
   * not meant to.
   */
  private static <T> T outsideContext(Supplier<T> call) {
    Context callers = Context.ROOT.attach();
    try {
      return call.get();
    } finally {
      Context.ROOT.detach(callers);
    }
  }
}
