package accounts.cache.momento;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.CacheAnswer;
import accounts.cache.LeaseAnswer;
import accounts.cache.Stamp;
import accounts.codec.CachedLookup;
import accounts.codec.UnreadableBytesException;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import momento.sdk.CacheClient;
import momento.sdk.responses.cache.GetBatchResponse;
import momento.sdk.responses.cache.GetResponse;

/**
 * The tutorial's protocol, for the proof to convict: a value alone, filled on a miss, set again
 * after a write, and believed whenever it is found.
 */
public final class TutorialCache implements AccountCache {

  private static final Stamp ANY = new Stamp(1, 0);

  private final CacheClient client;
  private final String cacheName;
  private final CacheKeys keys;
  private final Duration timeout;
  private final Duration ttl;

  /**
   * @param timeout longest time for one call
   * @param ttl how long an answer is kept
   */
  public TutorialCache(
      CacheClient client, String cacheName, CacheKeys keys, Duration timeout, Duration ttl) {
    this.client = client;
    this.cacheName = cacheName;
    this.keys = keys;
    this.timeout = timeout;
    this.ttl = ttl;
  }

  @Override
  public CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
      Collection<EntityKey<?>> asked, CallScope scope) {
    return scope
        .run(timeout, time -> client.getBatch(cacheName, asked.stream().map(keys::value).toList()))
        .exceptionally(failure -> null)
        .thenApply(response -> {
          Map<EntityKey<?>, CacheAnswer> answers = new HashMap<>();
          asked.forEach(key -> answers.put(key, answer(key, response)));
          return answers;
        });
  }

  private CacheAnswer answer(EntityKey<?> key, GetBatchResponse response) {
    if (!(response instanceof GetBatchResponse.Success success)) {
      return new CacheAnswer.Unavailable();
    }
    if (!(success.results().get(keys.value(key)) instanceof GetResponse.Hit hit)) {
      return new CacheAnswer.Miss(ANY);
    }
    try {
      return new CacheAnswer.Hit(CachedLookup.decode(key, hit.valueByteArray()).lookup(), ANY);
    } catch (UnreadableBytesException e) {
      return new CacheAnswer.Miss(ANY);
    }
  }

  @Override
  public CompletableFuture<Advance> start(EntityKey<?> key, Stamp seen, CallScope scope) {
    return CompletableFuture.completedFuture(new Advance.Alone(ANY));
  }

  @Override
  public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
    return CompletableFuture.completedFuture(new Advance.Alone(ANY));
  }

  @Override
  public CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
    byte[] item = keys.value(key).getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new CachedLookup(lookup, stamp.generation(), stamp.epoch()).encode(key);
    return scope
        .run(timeout, time -> client.set(cacheName, item, bytes, ttl))
        .handle((response, failure) -> null);
  }

  @Override
  public CompletableFuture<LeaseAnswer> lease(EntityKey<?> key, Stamp stamp, CallScope scope) {
    return CompletableFuture.completedFuture(LeaseAnswer.WON);
  }
}
