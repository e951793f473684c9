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
  public record Fill(EntityKey<?> key, Lookup<?> lookup, Stamp stamp) {}

  private final AccountCache delegate;

  /** The keys of each look. */
  public final List<Set<EntityKey<?>>> looks = Collections.synchronizedList(new ArrayList<>());

  public final List<EntityKey<?>> starts = Collections.synchronizedList(new ArrayList<>());
  public final List<EntityKey<?>> advances = Collections.synchronizedList(new ArrayList<>());
  public final List<Fill> fills = Collections.synchronizedList(new ArrayList<>());
  public final List<EntityKey<?>> leases = Collections.synchronizedList(new ArrayList<>());

  /** Whether nothing answers. */
  public volatile boolean away;

  /** Whether leases are not answered, whatever else is. */
  public volatile boolean withoutLeases;

  /** Keys whose generations cannot be moved, whatever else is answered. */
  public volatile Set<EntityKey<?>> stuck = Set.of();

  /** Fills are done when this is complete. */
  public volatile CompletableFuture<Void> fillsGate = CompletableFuture.completedFuture(null);

  public RecordingAccountCache(AccountCache delegate) {
    this.delegate = delegate;
  }

  /** Returns how many calls there were. */
  public int calls() {
    return looks.size() + starts.size() + advances.size() + fills.size() + leases.size();
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
  public CompletableFuture<Advance> start(EntityKey<?> key, Stamp seen, CallScope scope) {
    starts.add(key);
    return isStuck(key)
        ? CompletableFuture.completedFuture(new Advance.Unavailable())
        : delegate.start(key, seen, scope);
  }

  private boolean isStuck(EntityKey<?> key) {
    return away || stuck.contains(key);
  }

  @Override
  public CompletableFuture<Advance> advance(EntityKey<?> key, Stamp seen, CallScope scope) {
    advances.add(key);
    return isStuck(key)
        ? CompletableFuture.completedFuture(new Advance.Unavailable())
        : delegate.advance(key, seen, scope);
  }

  @Override
  public CompletableFuture<Void> fill(
      EntityKey<?> key, Lookup<?> lookup, Stamp stamp, CallScope scope) {
    fills.add(new Fill(key, lookup, stamp));
    return away
        ? CompletableFuture.completedFuture(null)
        : fillsGate.thenCompose(opened -> delegate.fill(key, lookup, stamp, scope));
  }

  @Override
  public CompletableFuture<LeaseAnswer> lease(EntityKey<?> key, Stamp stamp, CallScope scope) {
    leases.add(key);
    return away || withoutLeases
        ? CompletableFuture.completedFuture(LeaseAnswer.UNAVAILABLE)
        : delegate.lease(key, stamp, scope);
  }
}
