package accounts.cache;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.cache.RecordingAccountCache.Fill;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.InMemoryAccountStore;
import accounts.store.RecordingAccountStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ReadAsideTest {

  private static final EntityKey<User> ALICE = userKey("alice");
  private static final EntityKey<User> BOB = userKey("bob");
  private static final Lookup<User> FOUND = new Lookup.Found<>(user("alice"));
  private static final Lookup<User> NEVER = new Lookup.Absent<>(Revision.NONE);
  private static final ReadOptions STORE = new ReadOptions(Consistency.STORE, Revision.NONE);

  private final InMemoryAccountCache memory = new InMemoryAccountCache();
  private final RecordingAccountCache cache = new RecordingAccountCache(memory);
  private final RecordingAccountStore store = new RecordingAccountStore(new InMemoryAccountStore());
  private final AtomicLong nanos = new AtomicLong();
  private final ReadAside reads = new ReadAside(cache, store, nanos::get);

  // Hits and misses.

  @Test
  void getAll_hit_doesNotTouchTheStore() {
    commit(new Change.Create(user("alice")));
    get(ALICE);
    store.reads.clear();

    assertThat(get(ALICE).lookup()).isEqualTo(FOUND);
    assertThat(store.reads).isEmpty();
  }

  @Test
  void getAll_miss_readsOnceAndFills() {
    commit(new Change.Create(user("alice")));

    assertThat(get(ALICE).lookup()).isEqualTo(FOUND);
    assertThat(store.reads).containsExactly(Set.of(ALICE));
    assertThat(cache.fills).containsExactly(new Fill(ALICE, FOUND, get(ALICE).generation()));
  }

  @Test
  void getAll_absent_isCachedToo() {
    get(ALICE);

    assertThat(get(ALICE))
        .isEqualTo(
            new Reading<>(NEVER, Source.CACHE, Duration.ZERO, cache.fills.getFirst().generation()));
    assertThat(store.reads).hasSize(1);
  }

  @Test
  void getAll_removed_isCachedWithItsRevision() {
    Membership member = membership("org", "alice", Role.MEMBER);
    commit(new Change.Create(member));
    commit(new Change.Remove(member.removed(CHANGED)));
    get(member.key());

    assertThat(get(member.key()).source()).isEqualTo(Source.CACHE);
    assertThat(get(member.key()).lookup()).isEqualTo(new Lookup.Absent<>(new Revision(2)));
  }

  @Test
  void getAll_severalKeys_isOneLookAndOneReadOfTheMisses() {
    commit(new Change.Create(user("alice")));
    get(ALICE);
    cache.looks.clear();
    store.reads.clear();
    Readings readings =
        reads
            .getAll(List.of(ALICE, BOB, organizationKey("org")), ReadOptions.DEFAULT, scope())
            .join();

    assertThat(cache.looks).containsExactly(Set.of(ALICE, BOB, organizationKey("org")));
    assertThat(store.reads).containsExactly(Set.of(BOB, organizationKey("org")));
    assertThat(readings.get(ALICE).source()).isEqualTo(Source.CACHE);
    assertThat(readings.get(BOB).source()).isEqualTo(Source.STORE);
  }

  // Options.

  @Test
  void getAll_consistencyStore_leavesTheCacheAlone() {
    commit(new Change.Create(user("alice")));
    Readings readings = reads.getAll(List.of(ALICE), STORE, scope()).join();

    assertThat(readings.get(ALICE))
        .isEqualTo(new Reading<>(FOUND, Source.STORE, Duration.ZERO, Generation.NONE));
    assertThat(cache.calls()).isZero();
  }

  @Test
  void getAll_keyTwice_isAskedOnce() {
    for (ReadOptions options : List.of(ReadOptions.DEFAULT, STORE)) {
      store.reads.clear();
      store.readSizes.clear();
      memory.flush();

      assertThat(
              reads.getAll(List.of(ALICE, ALICE, BOB), options, scope()).join().get(ALICE).lookup())
          .isEqualTo(NEVER);
      assertThat(store.readSizes).containsExactly(2);
    }
  }

  @Test
  void getAll_cachedIsOlderThanMinRevision_readsTheStoreAndFills() {
    commit(new Change.Create(user("alice")));
    get(ALICE);
    User second = renamed(user("alice"));
    commit(new Change.Replace(second));
    ReadOptions newer = new ReadOptions(Consistency.FRESH, new Revision(2));
    Reading<User> reading = reads.getAll(List.of(ALICE), newer, scope()).join().get(ALICE);

    assertThat(reading.lookup()).isEqualTo(new Lookup.Found<>(second));
    assertThat(reading.source()).isEqualTo(Source.STORE);
    assertThat(get(ALICE).lookup()).isEqualTo(new Lookup.Found<>(second));
  }

  @Test
  void getAll_cachedIsAtMinRevision_isHit() {
    commit(new Change.Create(user("alice")));
    get(ALICE);
    ReadOptions first = new ReadOptions(Consistency.FRESH, Revision.FIRST);

    assertThat(reads.getAll(List.of(ALICE), first, scope()).join().source())
        .isEqualTo(Source.CACHE);
  }

  // The cache out of reach, the store out of reach.

  @Test
  void getAll_cacheUnavailable_readsTheStoreAndFillsNothing() {
    commit(new Change.Create(user("alice")));
    cache.away = true;

    assertThat(get(ALICE))
        .isEqualTo(new Reading<>(FOUND, Source.STORE, Duration.ZERO, Generation.NONE));
    assertThat(cache.fills).isEmpty();
    assertThat(cache.advances).isEmpty();
  }

  @Test
  void getAll_cacheGoesAwayBeforeTheGenerationStarts_readsTheStoreAndFillsNothing() {
    commit(new Change.Create(user("alice")));
    ReadAside leaving = new ReadAside(new LeavingCache(), store, nanos::get);

    assertThat(leaving.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope()).join().get(ALICE))
        .isEqualTo(new Reading<>(FOUND, Source.STORE, Duration.ZERO, Generation.NONE));
  }

  /** Says that it holds nothing, and nothing more. */
  private static final class LeavingCache implements AccountCache {

    @Override
    public CompletableFuture<Map<EntityKey<?>, CacheAnswer>> getAll(
        Collection<EntityKey<?>> keys, CallScope scope) {
      return new InMemoryAccountCache().getAll(keys, scope);
    }

    @Override
    public CompletableFuture<Advance> advance(EntityKey<?> key, Generation seen, CallScope scope) {
      return CompletableFuture.completedFuture(new Advance.Unavailable());
    }

    @Override
    public CompletableFuture<Void> fill(
        EntityKey<?> key, Lookup<?> lookup, Generation generation, CallScope scope) {
      throw new AssertionError("no fill without a generation");
    }
  }

  @Test
  void getAll_storeFails_failsAlikeAndFillsNothing() {
    AccountException failure =
        new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1)));
    store.readsGate = CompletableFuture.failedFuture(failure);

    assertThat(reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope()))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingRootCause()
        .isSameAs(failure);
    assertThat(cache.fills).isEmpty();
  }

  // Races.

  @Test
  void getAll_writeBetweenReadAndFill_nextReadIsAMiss() {
    commit(new Change.Create(user("alice")));
    User second = renamed(user("alice"));
    store.afterRead =
        () -> {
          store.afterRead = () -> {};
          commit(new Change.Replace(second));
          // By another instance, which saw nothing of the cache.
          memory.advance(ALICE, new Generation(1), scope()).join();
        };
    get(ALICE);

    assertThat(get(ALICE).source()).isEqualTo(Source.STORE);
    assertThat(get(ALICE).lookup()).isEqualTo(new Lookup.Found<>(second));
  }

  @Test
  void getAll_slowReaderFillsAfterAWrite_countsForNothing() {
    commit(new Change.Create(user("alice")));
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.readsGate = gate;
    CompletableFuture<Readings> slow = reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope());
    store.readsGate = CompletableFuture.completedFuture(null);
    User second = renamed(user("alice"));
    write(new Change.Replace(second), new Lookup.Found<>(second), look(ALICE));
    gate.complete(null);

    assertThat(slow.join().get(ALICE).lookup()).isEqualTo(FOUND);
    assertThat(get(ALICE).lookup()).isEqualTo(new Lookup.Found<>(second));
  }

  @Test
  void getAll_slowReaderOfAbsenceFillsAfterTheCreate_countsForNothing() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.readsGate = gate;
    CompletableFuture<Readings> slow = reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope());
    store.readsGate = CompletableFuture.completedFuture(null);
    write(new Change.Create(user("alice")), FOUND, look(ALICE));
    gate.complete(null);

    assertThat(slow.join().get(ALICE).lookup()).isEqualTo(NEVER);
    assertThat(get(ALICE).lookup()).isEqualTo(FOUND);
  }

  // Writers.

  @Test
  void written_alone_fillsTheNewAnswer() {
    Readings seen = look(ALICE);
    store.reads.clear();
    write(new Change.Create(user("alice")), FOUND, seen);

    assertThat(get(ALICE).lookup()).isEqualTo(FOUND);
    assertThat(get(ALICE).source()).isEqualTo(Source.CACHE);
    assertThat(store.reads).isEmpty();
  }

  @Test
  void written_notAlone_fillsNothing() {
    Readings seen = look(ALICE);
    cache.fills.clear();
    memory.advance(ALICE, Generation.NONE, scope()).join();
    write(new Change.Create(user("alice")), FOUND, seen);

    assertThat(cache.fills).isEmpty();
    assertThat(get(ALICE).source()).isEqualTo(Source.STORE);
  }

  @Test
  void written_cacheUnavailable_completes() {
    Readings seen = look(ALICE);
    cache.fills.clear();
    cache.away = true;
    write(new Change.Create(user("alice")), FOUND, seen);

    assertThat(cache.fills).isEmpty();
  }

  // Nothing is known of who else moved a generation that was not seen: the cache may have lost it.
  @Test
  void written_generationNotSeenAndLaterWriteLost_doesNotFillTheOlderAnswer() {
    cache.away = true;
    Readings seen = look(ALICE);
    commit(new Change.Create(user("alice")));
    cache.away = false;
    User second = renamed(user("alice"));
    commit(new Change.Replace(second));
    reads.rewritten(List.of(ALICE), scope()).join();
    memory.flush();
    reads.written(Map.of(ALICE, FOUND), seen, scope()).join();

    assertThat(get(ALICE).lookup()).isEqualTo(new Lookup.Found<>(second));
  }

  @Test
  void rewritten_cached_isAMiss() {
    get(ALICE);
    commit(new Change.Create(user("alice")));
    reads.rewritten(List.of(ALICE), scope()).join();

    assertThat(get(ALICE).source()).isEqualTo(Source.STORE);
  }

  // Source and age.

  @Test
  void getAll_hit_agesFromBeforeTheLook() {
    get(ALICE);
    ReadAside slow = new ReadAside(cache, store, () -> nanos.getAndAdd(7));

    assertThat(slow.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope()).join().age())
        .isEqualTo(Duration.ofNanos(7));
  }

  @Test
  void getAll_fromTheStore_agesFromBeforeTheRead() {
    store.afterRead = () -> nanos.addAndGet(30);

    assertThat(get(ALICE).age()).isEqualTo(Duration.ofNanos(30));
  }

  @Test
  void getAll_mixed_saysTheFarthestSourceAndTheOldestAge() {
    get(ALICE);
    store.afterRead = () -> nanos.addAndGet(30);
    Readings readings = reads.getAll(List.of(ALICE, BOB), ReadOptions.DEFAULT, scope()).join();

    assertThat(readings.source()).isEqualTo(Source.STORE);
    assertThat(readings.age()).isEqualTo(Duration.ofNanos(30));
  }

  private void write(Change change, Lookup<?> answer, Readings seen) {
    commit(change);
    reads.written(Map.of(ALICE, answer), seen, scope()).join();
  }

  private void commit(Change change) {
    assertThat(store.commit(new Commit(List.of(change), Optional.empty()), scope()).join())
        .isEqualTo(new CommitResult.Committed());
  }

  private <E extends Entity> Reading<E> get(EntityKey<E> key) {
    return look(key).get(key);
  }

  private Readings look(EntityKey<?> key) {
    return reads.getAll(List.of(key), ReadOptions.DEFAULT, scope()).join();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
