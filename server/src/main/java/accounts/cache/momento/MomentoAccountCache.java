package accounts.cache.momento;

import accounts.async.CallScope;
import accounts.async.OutageLog;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.CacheAnswer;
import accounts.cache.LeaseAnswer;
import accounts.cache.Stamp;
import accounts.codec.CachedLookup;
import accounts.codec.UnreadableBytesException;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import io.grpc.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import momento.sdk.CacheClient;
import momento.sdk.responses.cache.GetBatchResponse;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.IncrementResponse;
import momento.sdk.responses.cache.SetIfNotExistsResponse;
import momento.sdk.responses.cache.SetResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link AccountCache} in Momento. Each entity has two items: the answer, stamped with the
 * generation it was filled for, and the generation, a counter that writers increment by random
 * amounts. A counter that only grows is what makes a lost, late or doubled call harmless; see
 * {@code docs/adr/0003}.
 */
public final class MomentoAccountCache implements AccountCache {

  private static final Logger log = LoggerFactory.getLogger(MomentoAccountCache.class);

  /** Calls in a row. */
  private static final int FOUL = 3;

  /** Momento's longest; a generation that expires costs a miss. */
  private static final Duration GENERATION_TTL = Duration.ofDays(1);

  /**
   * Longer than a load takes; a winner that dies holds the others up no longer than they are
   * willing to wait.
   */
  private static final Duration LEASE_TTL = Duration.ofSeconds(1);

  private final CacheClient client;
  private final String cacheName;
  private final CacheKeys keys;
  private final Duration timeout;
  private final Duration ttl;
  private final LongSupplier stamps;
  private final boolean absentRule;
  private final OutageLog weather =
      new OutageLog(log, FOUL, "cache out of reach, reads go to the store", "cache answers again");

  /**
   * @param client reads consistently and repeats nothing, see {@link MomentoClients}; stays the
   *     caller's to close
   * @param timeout longest time for one call
   * @param ttl how long an answer is kept
   * @param stamps random numbers from 1 to 2^40, no two alike but by chance
   * @param absentRule whether who saw no generation is never alone; only the proof that it is
   *     needed passes false
   */
  public MomentoAccountCache(
      CacheClient client,
      String cacheName,
      CacheKeys keys,
      Duration timeout,
      Duration ttl,
      LongSupplier stamps,
      boolean absentRule) {
    this.client = client;
    this.cacheName = cacheName;
    this.keys = keys;
    this.timeout = timeout;
    this.ttl = ttl;
    this.stamps = stamps;
    this.absentRule = absentRule;
  }

  @Override
  public CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
      Collection<EntityKey<?>> asked, CallScope scope) {
    List<String> items =
        asked.stream().flatMap(key -> Stream.of(keys.value(key), keys.generation(key))).toList();
    return call(scope, () -> client.getBatch(cacheName, items))
        .handle((response, failure) -> answers(asked, response, failure, scope));
  }

  private Map<EntityKey<?>, CacheAnswer> answers(
      Collection<EntityKey<?>> asked,
      @Nullable GetBatchResponse response,
      @Nullable Throwable failure,
      CallScope scope) {
    Map<EntityKey<?>, CacheAnswer> answers = new HashMap<>();
    if (response instanceof GetBatchResponse.Success success) {
      weather.fair();
      asked.forEach(key -> answers.put(key, answer(key, success.results())));
    } else {
      foul("getBatch", response instanceof Throwable error ? error : failure, scope);
      asked.forEach(key -> answers.put(key, new CacheAnswer.Unavailable()));
    }
    return answers;
  }

  private CacheAnswer answer(EntityKey<?> key, Map<String, GetResponse> items) {
    try {
      Stamp stamp = stamp(items.get(keys.generation(key)));
      return items.get(keys.value(key)) instanceof GetResponse.Hit hit && !stamp.isAbsent()
          ? answer(key, stamp, hit.valueByteArray())
          : new CacheAnswer.Miss(stamp);
    } catch (UnreadableBytesException e) {
      weather.foul("getBatch", e);
      return new CacheAnswer.Unavailable();
    }
  }

  /** A value that cannot be read is a miss, so that it is filled again. */
  private static CacheAnswer answer(EntityKey<?> key, Stamp stamp, byte[] bytes) {
    try {
      CachedLookup cached = CachedLookup.decode(key, bytes);
      return cached.generation() == stamp.generation()
          ? new CacheAnswer.Hit(cached.lookup(), stamp.atEpoch(cached.epoch()))
          : new CacheAnswer.Miss(stamp);
    } catch (UnreadableBytesException e) {
      return new CacheAnswer.Miss(stamp);
    }
  }

  private static Stamp stamp(@Nullable GetResponse response) throws UnreadableBytesException {
    return switch (response) {
      case GetResponse.Hit hit -> stamp(hit.valueString());
      case GetResponse.Miss miss -> Stamp.NONE;
      case null, default ->
          throw new UnreadableBytesException("no answer for a generation: " + response);
    };
  }

  private static Stamp stamp(String generation) throws UnreadableBytesException {
    try {
      return new Stamp(Long.parseLong(generation), 0);
    } catch (NumberFormatException e) {
      throw new UnreadableBytesException(e);
    }
  }

  /** Not by an increment: those of many readers of one cold key would outdate each other. */
  @Override
  public CompletableFuture<Advance> start(EntityKey<?> key, Stamp seen, CallScope scope) {
    Stamp alone = new Stamp(stamps.getAsLong(), seen.epoch());
    return setIfNotExists(
            keys.generation(key), String.valueOf(alone.generation()), GENERATION_TTL, scope)
        .thenApply(stored ->
            switch (stored) {
              case WON -> new Advance.Alone(alone);
              case TAKEN -> new Advance.Together();
              case UNAVAILABLE -> new Advance.Unavailable();
            });
  }

  @Override
  public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
    long amount = stamps.getAsLong();
    Stamp alone = new Stamp(seen.generation() + amount, seen.epoch());
    return call(
            scope, () -> client.increment(cacheName, keys.generation(key), amount, GENERATION_TTL))
        .handle((response, failure) -> {
          if (response instanceof IncrementResponse.Success success) {
            weather.fair();
            return isAlone(seen, alone, success)
                ? new Advance.Alone(alone)
                : new Advance.Together();
          }
          foul("increment", response instanceof Throwable error ? error : failure, scope);
          return new Advance.Unavailable();
        });
  }

  /**
   * The SDK hands out the lower half of the number: compared with the lower half of what it would
   * be if nobody else moved it.
   */
  private boolean isAlone(Stamp seen, Stamp alone, IncrementResponse.Success success) {
    return success.valueNumber() == (int) alone.generation() && !(absentRule && seen.isAbsent());
  }

  @Override
  public CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
    byte[] item = keys.value(key).getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new CachedLookup(lookup, stamp.generation(), stamp.epoch()).encode(key);
    return call(scope, () -> client.set(cacheName, item, bytes, ttl))
        .handle((response, failure) -> {
          if (response instanceof SetResponse.Success) {
            weather.fair();
          } else {
            foul("set", response instanceof Throwable error ? error : failure, scope);
          }
          return null;
        });
  }

  @Override
  public CompletableFuture<LeaseAnswer> lease(EntityKey<?> key, Stamp stamp, CallScope scope) {
    return setIfNotExists(keys.lease(key, stamp.generation()), "1", LEASE_TTL, scope);
  }

  private CompletableFuture<LeaseAnswer> setIfNotExists(
      String item, String value, Duration itemTtl, CallScope scope) {
    return call(scope, () -> client.setIfNotExists(cacheName, item, value, itemTtl))
        .handle((response, failure) ->
            switch (response) {
              case SetIfNotExistsResponse.Stored stored -> LeaseAnswer.WON;
              case SetIfNotExistsResponse.NotStored notStored -> LeaseAnswer.TAKEN;
              case null, default -> {
                foul("setIfNotExists", response instanceof Throwable e ? e : failure, scope);
                yield LeaseAnswer.UNAVAILABLE;
              }
            });
  }

  /** A call that its caller did not wait for says nothing about the cache. */
  private void foul(String call, @Nullable Throwable cause, CallScope scope) {
    if (!scope.isOver() && !(cause instanceof CancellationException)) {
      weather.foul(call, cause);
    }
  }

  /**
   * Every call has a bound of ours: the SDK's own futures may never complete (its error mapper can
   * throw).
   */
  private <T> CompletableFuture<T> call(CallScope scope, Supplier<CompletableFuture<T>> call) {
    // Outside the caller's gRPC context: its cancellation reaches the call through the scope, or is
    // not meant to.
    return scope.run(
        timeout,
        time -> {
          Context callers = Context.ROOT.attach();
          try {
            return call.get();
          } finally {
            Context.ROOT.detach(callers);
          }
        });
  }
}
