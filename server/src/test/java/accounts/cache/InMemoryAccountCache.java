package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** An {@link AccountCache} for tests: never away, all answers at once on the calling thread. */
public final class InMemoryAccountCache implements AccountCache {

  private record Filled(Lookup<?> lookup, Stamp stamp) {}

  private record Lease(EntityKey<?> key, long generation) {}

  private final Random random = new Random(1);
  private final Map<EntityKey<?>, Long> generations = new HashMap<>();
  private final Map<EntityKey<?>, Filled> values = new HashMap<>();
  private final Set<Lease> leases = new HashSet<>();

  @Override
  public synchronized CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
      Collection<EntityKey<?>> keys, CallScope scope) {
    Map<EntityKey<?>, CacheAnswer> answers = new HashMap<>();
    keys.forEach(key -> answers.put(key, answer(key)));
    return CompletableFuture.completedFuture(answers);
  }

  private CacheAnswer answer(EntityKey<?> key) {
    long generation = generations.getOrDefault(key, 0L);
    Filled filled = values.get(key);
    return filled != null && generation != 0 && filled.stamp().generation() == generation
        ? new CacheAnswer.Hit(filled.lookup(), filled.stamp())
        : new CacheAnswer.Miss(new Stamp(generation, 0));
  }

  @Override
  public synchronized CompletableFuture<Advance> start(
      EntityKey<?> key, Stamp seen, CallScope scope) {
    return CompletableFuture.completedFuture(
        generations.containsKey(key) ? new Advance.Together() : moved(key, seen));
  }

  @Override
  public synchronized CompletableFuture<Advance> advance(
      EntityKey<?> key, Stamp seen, CallScope scope) {
    Advance moved = moved(key, seen);
    return CompletableFuture.completedFuture(seen.isAbsent() ? new Advance.Together() : moved);
  }

  private Advance moved(EntityKey<?> key, Stamp seen) {
    long before = generations.getOrDefault(key, 0L);
    long after = before + random.nextLong(1, 1L << 40);
    generations.put(key, after);
    return before == seen.generation()
        ? new Advance.Alone(new Stamp(after, seen.epoch()))
        : new Advance.Together();
  }

  @Override
  public synchronized CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
    values.put(key, new Filled(lookup, stamp));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<LeaseAnswer> lease(
      EntityKey<?> key, Stamp stamp, CallScope scope) {
    return CompletableFuture.completedFuture(
        leases.add(new Lease(key, stamp.generation())) ? LeaseAnswer.WON : LeaseAnswer.TAKEN);
  }

  /** Loses everything, as a cache may at any time. */
  public synchronized void flush() {
    generations.clear();
    values.clear();
    leases.clear();
  }

  /** Loses the leases, as if their time were over. */
  public synchronized void expireLeases() {
    leases.clear();
  }
}
