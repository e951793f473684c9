package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** An {@link AccountCache} for tests: never away, all answers at once on the calling thread. */
public final class InMemoryAccountCache implements AccountCache {

  private record Filled(Lookup<?> lookup, Generation generation) {}

  private final Random random = new Random(1);
  private final Map<EntityKey<?>, Generation> generations = new HashMap<>();
  private final Map<EntityKey<?>, Filled> values = new HashMap<>();

  @Override
  public synchronized CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
      Collection<EntityKey<?>> keys, CallScope scope) {
    Map<EntityKey<?>, CacheAnswer> answers = new HashMap<>();
    keys.forEach(key -> answers.put(key, answer(key)));
    return CompletableFuture.completedFuture(answers);
  }

  private CacheAnswer answer(EntityKey<?> key) {
    Generation generation = generations.getOrDefault(key, Generation.NONE);
    Filled filled = values.get(key);
    return filled != null
            && filled.generation().equals(generation)
            && !generation.equals(Generation.NONE)
        ? new CacheAnswer.Hit(filled.lookup(), generation)
        : new CacheAnswer.Miss(generation);
  }

  @Override
  public synchronized CompletableFuture<Advance> advance(
      EntityKey<?> key, Generation seen, CallScope scope) {
    Generation before = generations.getOrDefault(key, Generation.NONE);
    Generation after = new Generation(before.value() + random.nextLong(1, 1L << 40));
    generations.put(key, after);
    return CompletableFuture.completedFuture(
        before.equals(seen) ? new Advance.Alone(after) : new Advance.Together());
  }

  @Override
  public synchronized CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Generation generation, CallScope scope) {
    values.put(key, new Filled(lookup, generation));
    return CompletableFuture.completedFuture(null);
  }

  /** Loses everything, as a cache may at any time. */
  public synchronized void flush() {
    generations.clear();
    values.clear();
  }
}
