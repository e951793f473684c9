package accounts.repair;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.Barrier;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Makes what the cache holds for a changed entity count for nothing, whatever that is: even where
 * it is right, the fill of a reader who read the store before the change may be on its way. See
 * {@code docs/adr/0006}.
 */
public final class Repairer implements ChangeListener {

  /** Keys told to the cache at once. */
  private static final int CHUNK = 100;

  private final AccountCache cache;
  private final Barrier barrier;
  private final Duration patience;

  /**
   * @param barrier for changes that the cache does not hear of
   * @param patience for one chunk of keys, and for the barrier
   */
  public Repairer(AccountCache cache, Barrier barrier, Duration patience) {
    this.cache = cache;
    this.barrier = barrier;
    this.patience = patience;
  }

  @Override
  public CompletableFuture<Void> changed(Set<EntityKey<?>> keys) {
    List<EntityKey<?>> all = List.copyOf(keys);
    Iterator<List<EntityKey<?>>> chunks =
        Stream.iterate(0, from -> from < all.size(), from -> from + CHUNK)
            .map(from -> all.subList(from, Math.min(from + CHUNK, all.size())))
            .iterator();
    Set<EntityKey<?>> unreached = new HashSet<>();
    return eachAdvanced(chunks, unreached).thenCompose(done -> raised(unreached));
  }

  /** One chunk after the other, so that a bulk load does not drown the cache. */
  private CompletableFuture<Void> eachAdvanced(
      Iterator<List<EntityKey<?>>> chunks, Set<EntityKey<?>> unreached) {
    if (!chunks.hasNext()) {
      return CompletableFuture.completedFuture(null);
    }
    return advanced(chunks.next(), unreached).thenCompose(done -> eachAdvanced(chunks, unreached));
  }

  private CompletableFuture<Void> advanced(List<EntityKey<?>> chunk, Set<EntityKey<?>> unreached) {
    CallScope scope = CallScope.of(patience);
    Map<EntityKey<?>, CompletableFuture<Advance>> advances = new HashMap<>();
    chunk.forEach(key -> advances.put(key, cache.advance(key, Stamp.NONE, scope)));
    return CompletableFuture.allOf(advances.values().toArray(CompletableFuture<?>[]::new))
        .thenRun(() ->
            advances.entrySet().stream()
                .filter(entry -> entry.getValue().resultNow() instanceof Advance.Unavailable)
                .map(Entry::getKey)
                .forEach(unreached::add));
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
