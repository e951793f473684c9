package accounts.repair;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.Barrier;
import accounts.cache.CacheAnswer;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Makes what the cache holds for a changed entity count for nothing, unless it is what the change
 * made of it. {@code docs/adr/0006} has why comparing with a change is right that others followed.
 */
public final class Repairer implements ChangeListener {

  /** Keys looked up in one round trip. */
  private static final int CHUNK = 100;

  private final AccountCache cache;
  private final Barrier barrier;
  private final Duration patience;

  /**
   * @param barrier for changes that the cache does not hear of
   * @param patience for one round trip to the cache with what follows it, and for the barrier
   */
  public Repairer(AccountCache cache, Barrier barrier, Duration patience) {
    this.cache = cache;
    this.barrier = barrier;
    this.patience = patience;
  }

  @Override
  public CompletableFuture<Void> changed(List<ItemChange> changes) {
    // The last change of a key says all: what it is compared with is the cache's present.
    Map<EntityKey<?>, ItemChange> newest = new LinkedHashMap<>();
    changes.forEach(change -> newest.put(change.key(), change));
    List<ItemChange> left = List.copyOf(newest.values());
    Iterator<List<ItemChange>> chunks =
        Stream.iterate(0, from -> from < left.size(), from -> from + CHUNK)
            .map(from -> left.subList(from, Math.min(from + CHUNK, left.size())))
            .iterator();
    Set<EntityKey<?>> unreached = new HashSet<>();
    return eachRepaired(chunks, unreached).thenCompose(done -> raised(unreached));
  }

  /** One chunk after the other, so that a bulk load does not drown the cache. */
  private CompletableFuture<Void> eachRepaired(
      Iterator<List<ItemChange>> chunks, Set<EntityKey<?>> unreached) {
    if (!chunks.hasNext()) {
      return CompletableFuture.completedFuture(null);
    }
    return repaired(chunks.next())
        .thenCompose(more -> {
          unreached.addAll(more);
          return eachRepaired(chunks, unreached);
        });
  }

  /** Returns the keys for which the cache could not be reached. */
  private CompletableFuture<List<EntityKey<?>>> repaired(List<ItemChange> chunk) {
    CallScope scope = CallScope.of(patience);
    List<EntityKey<?>> keys = chunk.stream().<EntityKey<?>>map(ItemChange::key).toList();
    return cache
        .getAll(keys, scope)
        .thenCompose(answers -> {
          Map<EntityKey<?>, CompletableFuture<Boolean>> reached = new HashMap<>();
          chunk.forEach(change ->
              reached.put(
                  change.key(),
                  reached(change, Objects.requireNonNull(answers.get(change.key())), scope)));
          return CompletableFuture.allOf(reached.values().toArray(CompletableFuture<?>[]::new))
              .thenApply(done -> unreached(reached));
        });
  }

  private CompletableFuture<Boolean> reached(
      ItemChange change, CacheAnswer answer, CallScope scope) {
    return switch (answer) {
      case CacheAnswer.Hit hit when Optional.of(hit.lookup()).equals(change.answer()) ->
          CompletableFuture.completedFuture(true);
      case CacheAnswer.Hit hit -> advanced(change.key(), hit.stamp(), scope);
      // Whoever began to read the store before now had a generation before that, and lost it.
      case CacheAnswer.Miss miss when miss.stamp().isAbsent() ->
          CompletableFuture.completedFuture(true);
      // The fill of a reader who read the store before the change may still be under way.
      case CacheAnswer.Miss miss -> advanced(change.key(), miss.stamp(), scope);
      case CacheAnswer.Unavailable unavailable -> CompletableFuture.completedFuture(false);
    };
  }

  private CompletableFuture<Boolean> advanced(EntityKey<?> key, Stamp seen, CallScope scope) {
    return cache
        .advance(key, seen, scope)
        .thenApply(advance -> !(advance instanceof Advance.Unavailable));
  }

  private static List<EntityKey<?>> unreached(
      Map<EntityKey<?>, CompletableFuture<Boolean>> reached) {
    return reached.entrySet().stream()
        .filter(entry -> !entry.getValue().resultNow())
        .<EntityKey<?>>map(Entry::getKey)
        .toList();
  }

  /**
   * Once for all, and the next changes wait for it: while the whole cache is away, epochs are
   * raised no more often than leases lapse.
   */
  private CompletableFuture<Void> raised(Set<EntityKey<?>> unreached) {
    return unreached.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : barrier.raise(unreached, CallScope.of(patience));
  }
}
