package accounts.admin;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.CacheAnswer;
import accounts.cache.LeaseAnswer;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Counts what a cache answers. */
final class CountedCache implements AccountCache {

  private enum Answer {
    HIT,
    ABSENT,
    MISS,
    UNAVAILABLE
  }

  private enum Moved {
    ALONE,
    TOGETHER,
    UNAVAILABLE
  }

  private final AccountCache cache;
  private final LoadCounts loads;
  private final Counts<Answer> answers;
  private final Counts<Moved> starts;
  private final Counts<Moved> advances;
  private final Counts<LeaseAnswer> leases;

  CountedCache(AccountCache cache, LoadCounts loads, PrometheusRegistry registry) {
    this.cache = cache;
    this.loads = loads;
    this.answers =
        new Counts<>(
            Events.counter(
                registry,
                "accounts_cache_answers",
                "Answers of the cache, one for each key; absent: a hit on there being nothing.",
                "answer"),
            Answer.class);
    this.starts =
        new Counts<>(
            Events.counter(
                registry, "accounts_cache_starts", "Generations started by readers.", "result"),
            Moved.class);
    this.advances =
        new Counts<>(
            Events.counter(
                registry, "accounts_cache_advances", "Generations moved on by writers.", "result"),
            Moved.class);
    this.leases =
        new Counts<>(
            Events.counter(
                registry, "accounts_cache_leases", "Leases on loading a key asked for.", "answer"),
            LeaseAnswer.class);
  }

  @Override
  public CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
      Collection<EntityKey<?>> keys, CallScope scope) {
    return cache
        .getAll(keys, scope)
        .thenApply(found -> {
          found.values().forEach(answer -> answers.add(kind(answer)));
          return found;
        });
  }

  private static Answer kind(CacheAnswer answer) {
    return switch (answer) {
      case CacheAnswer.Hit hit ->
          hit.lookup() instanceof Lookup.Absent ? Answer.ABSENT : Answer.HIT;
      case CacheAnswer.Miss miss -> Answer.MISS;
      case CacheAnswer.Unavailable unavailable -> Answer.UNAVAILABLE;
    };
  }

  @Override
  public CompletableFuture<Advance> start(EntityKey<?> key, Stamp seen, CallScope scope) {
    return cache
        .start(key, seen, scope)
        .thenApply(start -> {
          starts.add(kind(start));
          if (start instanceof Advance.Together) {
            loads.followed();
          }
          return start;
        });
  }

  @Override
  public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
    return cache
        .advance(key, seen, scope)
        .thenApply(advance -> {
          advances.add(kind(advance));
          return advance;
        });
  }

  private static Moved kind(Advance advance) {
    return switch (advance) {
      case Advance.Alone alone -> Moved.ALONE;
      case Advance.Together together -> Moved.TOGETHER;
      case Advance.Unavailable unavailable -> Moved.UNAVAILABLE;
    };
  }

  @Override
  public CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
    return cache.fill(key, lookup, stamp, scope);
  }

  @Override
  public CompletableFuture<LeaseAnswer> lease(EntityKey<?> key, Stamp stamp, CallScope scope) {
    return cache
        .lease(key, stamp, scope)
        .thenApply(answer -> {
          leases.add(answer);
          if (answer == LeaseAnswer.TAKEN) {
            loads.followed();
          }
          return answer;
        });
  }
}
