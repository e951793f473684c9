package accounts.read;

import accounts.async.CallScope;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Revision;
import accounts.service.Consistency;
import accounts.service.EntityReader;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import accounts.service.Source;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Consistency#BOUNDED} reads from this instance's memory, with answers that were
 * current at most a given time ago, counted from when the read that produced them began. FRESH and
 * STORE reads neither use it nor fill it.
 *
 * <p>An answer that is asked for shortly before it is too old is read anew, once, while callers
 * still get it: nobody waits for a key that is asked for all the time. The new answer's age counts
 * from the beginning of that read, like any other's.
 */
public final class NearCache implements EntityReader {

  /** The share of the bound after which an answer that is asked for is read anew. */
  public static final double REFRESHED_AT = 0.75;

  /** So much later than its write an entry of Caffeine's may be taken to have been written. */
  private static final Duration TOLERANCE = Duration.ofMillis(1_001);

  private static final ReadOptions REFRESH = new ReadOptions(Consistency.BOUNDED, Revision.NONE);

  private final EntityReader delegate;
  private final Duration bound;
  private final long refreshNanos;
  private final LongSupplier nanoTime;
  private final ReadObserver observer;
  private final Cache<EntityKey<?>, Entry> users;
  private final Cache<EntityKey<?>, Entry> organizations;
  private final Cache<EntityKey<?>, Entry> memberships;

  /** An answer as it is given, and whether it is being read anew: at most once. */
  private static final class Entry {

    private final ReadResult<?> result;
    private boolean refreshed;

    Entry(ReadResult<?> result) {
      this.result = result;
    }

    synchronized boolean mayBeRefreshed() {
      boolean first = !refreshed;
      refreshed = true;
      return first;
    }

    static Entry later(Entry one, Entry other) {
      return other.result.asOf() - one.result.asOf() >= 0 ? other : one;
    }
  }

  /**
   * @param bound the age beyond which an answer is not given
   * @param bytes about how much memory the answers of each kind of entity may take
   * @param nanoTime the clock that answers are dated by
   * @param observer is notified of every answer, from memory or not
   */
  public NearCache(
      EntityReader delegate,
      Duration bound,
      long bytes,
      LongSupplier nanoTime,
      ReadObserver observer) {
    this(
        delegate,
        bound,
        Duration.ofNanos((long) (REFRESHED_AT * bound.toNanos())),
        bytes,
        nanoTime,
        observer);
  }

  /**
   * Creates a near cache with a time of refreshes of its own.
   *
   * @param refreshAfter the age from which on an answer that is asked for is read anew; more than
   *     the bound: never
   */
  public NearCache(
      EntityReader delegate,
      Duration bound,
      Duration refreshAfter,
      long bytes,
      LongSupplier nanoTime,
      ReadObserver observer) {
    this.delegate = delegate;
    this.bound = bound;
    this.refreshNanos = refreshAfter.toNanos();
    this.nanoTime = nanoTime;
    this.observer = observer;
    this.users = cache(bytes);
    this.organizations = cache(bytes);
    this.memberships = cache(bytes);
  }

  private Cache<EntityKey<?>, Entry> cache(long bytes) {
    // Expiry only frees memory; whether an answer is young enough is asked when it is given. It is
    // later than the bound, since an entry that is replaced within a second keeps its old time.
    // Maintenance on the caller's thread: it is short, and a hop to a pool costs more than it does.
    return Caffeine.newBuilder()
        .maximumWeight(bytes)
        .<EntityKey<?>, Entry>weigher((key, entry) -> Weight.of(key, entry.result))
        .expireAfterWrite(bound.plus(TOLERANCE))
        .ticker(nanoTime::getAsLong)
        .executor(Runnable::run)
        .build();
  }

  private Cache<EntityKey<?>, Entry> of(EntityKey<?> key) {
    return switch (key) {
      case UserKey user -> users;
      case OrganizationKey organization -> organizations;
      case MembershipKey membership -> memberships;
    };
  }

  @Override
  public <E extends Entity> CompletableFuture<ReadResult<E>> get(
      EntityKey<E> key, ReadOptions options, CallScope scope) {
    boolean isBounded = options.consistency() == Consistency.BOUNDED;
    ReadResult<E> near = isBounded ? bounded(key, options) : null;
    if (near != null) {
      observer.answered(options, key, near);
      return CompletableFuture.completedFuture(near);
    }
    return delegate
        .get(key, options, scope)
        .thenApply(result -> {
          observer.answered(options, key, result);
          if (isBounded) {
            keep(key, result);
          }
          return result;
        });
  }

  @SuppressWarnings("unchecked") // a key's entry has an answer of the key's kind
  private <E extends Entity> @Nullable ReadResult<E> bounded(
      EntityKey<E> key, ReadOptions options) {
    long now = nanoTime.getAsLong();
    Entry near = near(key, options, now);
    if (near == null) {
      return null;
    }
    if (isToBeRefreshed(near, now)) {
      refresh(List.of(key));
    }
    return (ReadResult<E>) near.result;
  }

  @Override
  public CompletableFuture<ReadResults> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    CompletableFuture<ReadResults> answer =
        options.consistency() == Consistency.BOUNDED
            ? bounded(keys, options, scope)
            : delegate.getAll(keys, options, scope);
    return answer.thenApply(results -> {
      results.forEach((key, result) -> observer.answered(options, key, result));
      return results;
    });
  }

  private CompletableFuture<ReadResults> bounded(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    Map<EntityKey<?>, ReadResult<?>> near = HashMap.newHashMap(keys.size());
    List<EntityKey<?>> rest = new ArrayList<>();
    List<EntityKey<?>> aged = new ArrayList<>();
    long now = nanoTime.getAsLong();
    for (EntityKey<?> key : keys) {
      Entry entry = near(key, options, now);
      if (entry == null) {
        rest.add(key);
      } else {
        near.put(key, entry.result);
        if (isToBeRefreshed(entry, now)) {
          aged.add(key);
        }
      }
    }
    if (!aged.isEmpty()) {
      refresh(aged);
    }
    return rest.isEmpty()
        ? CompletableFuture.completedFuture(new ReadResults(near))
        : delegate.getAll(rest, options, scope).thenApply(far -> kept(far).and(near));
  }

  /** Returns the entry of a key if its answer may be given. */
  private @Nullable Entry near(EntityKey<?> key, ReadOptions options, long now) {
    Entry entry = of(key).getIfPresent(key);
    return entry != null && isGood(entry.result, now, options) ? entry : null;
  }

  private boolean isGood(ReadResult<?> result, long now, ReadOptions options) {
    return now - result.asOf() <= bound.toNanos()
        && !result.lookup().revision().isBefore(options.minRevision());
  }

  private boolean isToBeRefreshed(Entry entry, long now) {
    return now - entry.result.asOf() >= refreshNanos && entry.mayBeRefreshed();
  }

  /**
   * Where it fails, the answers lapse, and their next callers wait for a read of their own. After
   * the bound its answer could not be given.
   */
  private void refresh(List<EntityKey<?>> aged) {
    var unused = delegate.getAll(aged, REFRESH, CallScope.of(bound)).thenApply(this::kept);
  }

  private ReadResults kept(ReadResults results) {
    results.forEach(this::keep);
    return results;
  }

  private void keep(EntityKey<?> key, ReadResult<?> result) {
    of(key).asMap().merge(key, new Entry(result.from(Source.NEAR_CACHE)), Entry::later);
  }

  /** Drops the entry of a key that has changed. */
  public void drop(EntityKey<?> key) {
    of(key).invalidate(key);
  }

  /** Drops all entries, because some changes may have been missed. */
  public void clear() {
    users.invalidateAll();
    organizations.invalidateAll();
    memberships.invalidateAll();
  }
}
