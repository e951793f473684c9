package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Passes everything on to another cache, remembers what it was asked, and may be out of reach. */
public final class RecordingAccountCache implements AccountCache {

  /** A call of {@link AccountCache#fill}. */
  public record Fill(EntityKey<?> key, Lookup<?> lookup, Generation generation) {}

  private final AccountCache delegate;

  /** The keys of each look. */
  public final List<Set<EntityKey<?>>> looks = Collections.synchronizedList(new ArrayList<>());

  public final List<EntityKey<?>> advances = Collections.synchronizedList(new ArrayList<>());
  public final List<Fill> fills = Collections.synchronizedList(new ArrayList<>());

  /** Whether nothing answers. */
  public volatile boolean away;

  public RecordingAccountCache(AccountCache delegate) {
    this.delegate = delegate;
  }

  /** Returns how many calls there were. */
  public int calls() {
    return looks.size() + advances.size() + fills.size();
  }

  @Override
  public CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
      Collection<EntityKey<?>> keys, CallScope scope) {
    looks.add(Set.copyOf(keys));
    return away
        ? CompletableFuture.completedFuture(
            keys.stream()
                .distinct()
                .collect(Collectors.toMap(key -> key, key -> new CacheAnswer.Unavailable())))
        : delegate.getAll(keys, scope);
  }

  @Override
  public CompletableFuture<Advance> advance(EntityKey<?> key, Generation seen, CallScope scope) {
    advances.add(key);
    return away
        ? CompletableFuture.completedFuture(new Advance.Unavailable())
        : delegate.advance(key, seen, scope);
  }

  @Override
  public CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Generation generation, CallScope scope) {
    fills.add(new Fill(key, lookup, generation));
    return away
        ? CompletableFuture.completedFuture(null)
        : delegate.fill(key, lookup, generation, scope);
  }
}
