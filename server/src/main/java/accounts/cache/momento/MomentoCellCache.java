package accounts.cache.momento;

import accounts.async.CallScope;
import accounts.async.EpisodeLog;
import accounts.async.Futures;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import com.google.protobuf.ByteString;
import grpc.cache_client._GetResponse;
import grpc.cache_client._SetIfResponse;
import io.grpc.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link CellCache} in Momento: one item a key, changed by check-and-set calls only; see {@code
 * docs/adr/0008}.
 */
public final class MomentoCellCache implements CellCache {

  private static final Logger log = LoggerFactory.getLogger(MomentoCellCache.class);

  /** Consecutive failed calls with which an outage begins: single slow ones are normal. */
  private static final int FAILURES = 3;

  /**
   * Longer than any call may linger, so that a claim that is applied twice does not meet an item
   * that expired in between.
   */
  private static final Duration LOADING_TTL = Duration.ofMinutes(1);

  private final MomentoSessions sessions;
  private final CellCodec codec;
  private final Duration timeout;
  private final Duration ttl;
  private final EpisodeLog outages =
      new EpisodeLog(
          log,
          FAILURES,
          "cache does not answer, reads go to the store",
          "cache answers again",
          System::nanoTime);

  /**
   * @param sessions which read consistently; stays the caller's to close
   * @param timeout longest time for one call
   * @param ttl how long an answer is kept
   */
  public MomentoCellCache(
      MomentoSessions sessions, CellCodec codec, Duration timeout, Duration ttl) {
    this.sessions = sessions;
    this.codec = codec;
    this.timeout = timeout;
    this.ttl = ttl;
  }

  /** The bytes of a state; no two states have the same. */
  private record Bytes(ByteString value) implements CellVersion {}

  @Override
  public CompletableFuture<CellAnswer> get(CellKey key, CallScope scope) {
    return read(scope, reads -> reads.get(bytes(key)))
        .handle((response, failure) -> {
          note("get", failure, scope);
          return answer(key, response);
        });
  }

  private static ByteString bytes(CellKey key) {
    return ByteString.copyFromUtf8(key.text());
  }

  private CellAnswer answer(CellKey key, @Nullable _GetResponse response) {
    if (response == null) {
      return new CellAnswer.Unavailable();
    }
    return switch (response.getResult()) {
      case Hit -> {
        ByteString bytes = response.getCacheBody();
        yield new CellAnswer.Seen(codec.decode(key, bytes.toByteArray()), new Bytes(bytes));
      }
      case Miss -> new CellAnswer.Nothing();
      default -> new CellAnswer.Unavailable();
    };
  }

  @Override
  public CompletableFuture<List<CellAnswer>> getAll(List<CellKey> keys, CallScope scope) {
    List<ByteString> names = keys.stream().map(MomentoCellCache::bytes).toList();
    return read(scope, reads -> reads.getAll(names))
        .handle((responses, failure) -> {
          note("getBatch", failure, scope);
          List<CellAnswer> answers = new ArrayList<>(keys.size());
          for (int i = 0; i < keys.size(); i++) {
            answers.add(answer(keys.get(i), responses == null ? null : responses.get(i)));
          }
          return answers;
        });
  }

  @Override
  public CompletableFuture<SwapResult> putIfAbsent(CellKey key, Cell next, CallScope scope) {
    ByteString value = codec.encode(key, next);
    return swap(
        value,
        scope,
        (session, time) -> session.items().setIfAbsent(bytes(key), value, ttl(next), time));
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
                .items()
                .setIfEqual(bytes(key), ((Bytes) expected).value(), value, ttl(next), time));
  }

  private Duration ttl(Cell cell) {
    return cell instanceof Cell.Loading ? LOADING_TTL : ttl;
  }

  private CompletableFuture<SwapResult> swap(
      ByteString value,
      CallScope scope,
      BiFunction<MomentoSession, Duration, CompletableFuture<_SetIfResponse>> swap) {
    return change(scope, swap)
        .handle((response, failure) -> {
          note("setIf", failure, scope);
          if (response == null) {
            return new SwapResult.Unavailable();
          }
          return response.hasStored()
              ? new SwapResult.Swapped(new Bytes(value))
              : new SwapResult.Mismatch();
        });
  }

  /** A call that was cancelled by its caller says nothing about the cache. */
  private void note(String call, @Nullable Throwable failure, CallScope scope) {
    if (failure == null) {
      outages.succeeded();
      return;
    }
    Throwable cause = Futures.cause(failure);
    if (!scope.isOver() && !(cause instanceof CancellationException)) {
      outages.failed(() -> call + ": " + Futures.describe(cause));
    }
  }

  /** The timeout is for the cache, and not for an answer that waits for its event loop. */
  private <T> CompletableFuture<T> read(
      CallScope scope, Function<ItemReads, CompletableFuture<T>> read) {
    return sessions.call(session -> {
      ItemReads reads = session.items().reads();
      return scope.run(
          timeout, reads::afterReading, time -> outsideContext(() -> read.apply(reads)));
    });
  }

  private <T> CompletableFuture<T> change(
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
