package accounts.read;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.ManualTimer;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellKey;
import accounts.cache.InMemoryCellCache;
import accounts.cache.InMemoryCellCache.Call;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.freshness.CellReads;
import accounts.service.Consistency;
import accounts.service.EntityReader;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import accounts.service.Source;
import accounts.service.Stamp;
import accounts.service.WriteEffects;
import accounts.store.AccountStore;
import accounts.store.AdmissionQueue;
import accounts.store.BoundedStore;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.InMemoryAccountStore;
import accounts.store.RecordingAccountStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "one by one: {0}")
@ValueSource(booleans = {false, true})
final class ReadAsideTest {

  private static final EntityKey<User> ALICE = userKey("alice");
  private static final EntityKey<User> BOB = userKey("bob");
  private static final CellKey KEY = CellKey.of(ReadSide.INCARNATION, ALICE);
  private static final CellKey BOBS = CellKey.of(ReadSide.INCARNATION, BOB);
  private static final User FIRST = user("alice");
  private static final User SECOND = renamed(FIRST);
  private static final Lookup<User> FOUND = new Lookup.Found<>(FIRST);
  private static final Lookup<User> CHANGED_SINCE = new Lookup.Found<>(SECOND);
  private static final Lookup<User> NEVER = new Lookup.Absent<>(Revision.NONE);
  private static final ReadOptions STORE = new ReadOptions(Consistency.STORE, Revision.NONE);
  private static final ReadOptions AT_LEAST_SECOND =
      new ReadOptions(Consistency.FRESH, new Revision(2));

  /** The time between the first and the last check for another instance's load. */
  private static final Duration WAIT_FOR_OTHERS = Duration.ofMillis(508);

  private final InMemoryCellCache cache = new InMemoryCellCache();
  private final RecordingAccountStore store = new RecordingAccountStore(new InMemoryAccountStore());
  private final AtomicLong nanos = new AtomicLong();
  private final ManualTimer timer = new ManualTimer();
  private final AtomicInteger awaited = new AtomicInteger();
  private final ReadSide side =
      new ReadSide(
          cache,
          store,
          nanos::get,
          timer,
          new ReadObserver() {
            @Override
            public void loadAwaited() {
              awaited.incrementAndGet();
            }
          });
  private final EntityReader reads;

  /**
   * @param oneByOne whether single keys are read by {@code get}
   */
  ReadAsideTest(boolean oneByOne) {
    this.reads = oneByOne ? new OneByOne(side.reads) : side.reads;
  }

  // Hits and misses.

  @Test
  void getAll_hit_isOneCallOfTheCacheAndNoneOfTheStore() {
    commit(new Change.Create(FIRST));
    get(ALICE);
    store.reads.clear();
    cache.clearCalls();

    assertThat(get(ALICE).lookup()).isEqualTo(FOUND);
    assertThat(cache.calls()).containsExactly(new Call("get", List.of(KEY)));
    assertThat(store.reads).isEmpty();
  }

  @Test
  void getAll_miss_readsOnceAndFillsUnderItsEpoch() {
    commit(new Change.Create(FIRST));

    assertThat(get(ALICE).lookup()).isEqualTo(FOUND);
    assertThat(store.reads).containsExactly(Set.of(ALICE));
    assertThat(cell(KEY)).isEqualTo(value(FOUND));
    assertThat(cache.calls())
        .extracting(Call::name)
        .containsExactly("get", "putIfAbsent", "replace");
  }

  @Test
  void getAll_absent_isCachedToo() {
    get(ALICE);

    assertThat(get(ALICE).source()).isEqualTo(Source.CACHE);
    assertThat(get(ALICE).lookup()).isEqualTo(NEVER);
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
  void getAll_fillIsSlow_doesNotWaitForIt() {
    cache.answeredAfter(call ->
        call.equals("replace")
            ? new CompletableFuture<>()
            : CompletableFuture.completedFuture(null));

    assertThat(get(ALICE).lookup()).isEqualTo(NEVER);
  }

  // Several keys.

  @Test
  void getAll_severalKeys_isOneCallOfTheCacheAndOneReadOfTheMisses() {
    commit(new Change.Create(FIRST));
    get(ALICE);
    cache.clearCalls();
    store.reads.clear();
    ReadResults results = getAll(List.of(ALICE, BOB, organizationKey("org")));

    assertThat(cache.calls()).extracting(Call::name).containsOnlyOnce("getAll");
    assertThat(store.reads).containsExactly(Set.of(BOB, organizationKey("org")));
    assertThat(results.get(ALICE).source()).isEqualTo(Source.CACHE);
    assertThat(results.get(BOB).source()).isEqualTo(Source.STORE);
    assertThat(cell(BOBS)).isEqualTo(value(NEVER));
  }

  @Test
  void getAll_severalKeysOneBeingLoaded_fillsTheOtherAndWaitsForNobody() {
    cache.put(KEY, new Cell.Loading());
    ReadResults results = getAll(List.of(ALICE, BOB));

    assertThat(results.get(ALICE)).isEqualTo(new ReadResult<>(NEVER, Source.STORE, 0, Stamp.NONE));
    assertThat(store.reads).containsExactly(Set.of(ALICE, BOB));
    assertThat(cell(KEY)).isEqualTo(new Cell.Loading());
    assertThat(cell(BOBS)).isEqualTo(value(NEVER));
  }

  // A hot key that expired may be wanted by many.
  @Test
  void getAll_severalKeysOneMissing_sharesItsLoad() {
    get(BOB);
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.readsGate = gate;
    nanos.set(1);
    store.reads.clear();
    List<CompletableFuture<ReadResults>> all =
        List.of(
            reads.getAll(List.of(ALICE, BOB), ReadOptions.DEFAULT, scope()),
            reads.getAll(List.of(ALICE, BOB), ReadOptions.DEFAULT, scope()),
            reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope()));
    gate.complete(null);

    assertThat(all).allMatch(read -> read.resultNow().get(ALICE).lookup().equals(NEVER));
    assertThat(store.reads).hasSize(1);
  }

  @Test
  void getAll_keyTwice_isAskedOnce() {
    for (ReadOptions options : List.of(ReadOptions.DEFAULT, STORE)) {
      store.readSizes.clear();
      cache.flush();

      assertThat(
              reads.getAll(List.of(ALICE, ALICE, BOB), options, scope()).join().get(ALICE).lookup())
          .isEqualTo(NEVER);
      assertThat(store.readSizes).containsExactly(2);
    }
  }

  // Options.

  @Test
  void getAll_consistencyStore_leavesTheCacheAlone() {
    commit(new Change.Create(FIRST));
    ReadResults results = reads.getAll(List.of(ALICE), STORE, scope()).join();

    assertThat(results.get(ALICE)).isEqualTo(new ReadResult<>(FOUND, Source.STORE, 0, Stamp.NONE));
    assertThat(cache.calls()).isEmpty();
  }

  @Test
  void getAll_cachedIsOlderThanMinRevision_readsTheStore() {
    commit(new Change.Create(FIRST));
    get(ALICE);
    commit(new Change.Replace(SECOND));
    ReadResult<User> result =
        reads.getAll(List.of(ALICE), AT_LEAST_SECOND, scope()).join().get(ALICE);

    assertThat(result.lookup()).isEqualTo(CHANGED_SINCE);
    assertThat(result.source()).isEqualTo(Source.STORE);
  }

  @Test
  void getAll_severalCachedAreOlderThanMinRevision_readsTheStoreAndFills() {
    commit(new Change.Create(FIRST));
    getAll(List.of(ALICE, BOB));
    commit(new Change.Replace(SECOND));
    ReadResults results = reads.getAll(List.of(ALICE, BOB), AT_LEAST_SECOND, scope()).join();

    assertThat(results.get(ALICE).lookup()).isEqualTo(CHANGED_SINCE);
    assertThat(results.source()).isEqualTo(Source.STORE);
    assertThat(get(ALICE).lookup()).isEqualTo(CHANGED_SINCE);
    assertThat(get(ALICE).source()).isEqualTo(Source.CACHE);
  }

  @Test
  void getAll_cachedIsAtMinRevision_isHit() {
    commit(new Change.Create(FIRST));
    get(ALICE);
    ReadOptions first = new ReadOptions(Consistency.FRESH, Revision.FIRST);

    assertThat(reads.getAll(List.of(ALICE), first, scope()).join().source())
        .isEqualTo(Source.CACHE);
  }

  // Another instance fills in what it read before the change.
  @Test
  void getAll_awaitedFillIsOlderThanMinRevision_readsTheStore() {
    commit(new Change.Create(FIRST));
    cache.put(KEY, new Cell.Loading());
    CompletableFuture<ReadResults> read = reads.getAll(List.of(ALICE), AT_LEAST_SECOND, scope());
    assertThat(read).isNotDone();
    cache.put(KEY, value(FOUND));
    commit(new Change.Replace(SECOND));
    timer.advance(WAIT_FOR_OTHERS);

    assertThat(read.join().get(ALICE).lookup()).isEqualTo(CHANGED_SINCE);
  }

  // Others load the key.

  @Test
  void getAll_anotherInstanceLoads_waitsForItsFill() {
    cache.put(KEY, new Cell.Loading());
    CompletableFuture<ReadResults> read =
        reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope());
    timer.advance(Duration.ofMillis(20));
    assertThat(read).isNotDone();
    cache.put(KEY, value(FOUND));
    timer.advance(Duration.ofMillis(16));

    assertThat(read.join().get(ALICE).lookup()).isEqualTo(FOUND);
    assertThat(read.join().source()).isEqualTo(Source.CACHE);
    assertThat(store.reads).isEmpty();
    assertThat(awaited).hasPositiveValue();
  }

  @Test
  void getAll_anotherInstanceLoadsForLong_readsTheStoreAndLeavesItsClaim() {
    cache.put(KEY, new Cell.Loading());
    CompletableFuture<ReadResults> read =
        reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope());
    timer.advance(WAIT_FOR_OTHERS.minusNanos(1));
    assertThat(read).isNotDone();
    timer.advance(Duration.ofNanos(1));

    assertThat(read.join().source()).isEqualTo(Source.STORE);
    assertThat(store.reads).hasSize(1);
    assertThat(cell(KEY)).as("the other one may still fill it").isEqualTo(new Cell.Loading());
  }

  @Test
  void getAll_anotherInstanceDiedLoading_itsClaimIsReleasedWhenNoReadTakesSoLong() {
    cache.put(KEY, new Cell.Loading());
    CompletableFuture<ReadResults> read =
        reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope());
    timer.advance(WAIT_FOR_OTHERS.plus(ReadSide.STORE_TIMEOUT));
    assertThat(read).isDone();
    assertThat(cell(KEY)).isEqualTo(new Cell.Invalid());
    assertThat(timer.waiting()).isZero();

    get(ALICE);
    assertThat(cell(KEY)).isEqualTo(value(NEVER));
  }

  @Test
  void getAll_anotherInstanceFillsLate_itsFillStays() {
    cache.put(KEY, new Cell.Loading());
    CompletableFuture<ReadResults> read =
        reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope());
    timer.advance(WAIT_FOR_OTHERS);
    cache.put(KEY, value(FOUND));
    timer.advance(ReadSide.STORE_TIMEOUT);

    assertThat(read).isDone();
    assertThat(cell(KEY)).isEqualTo(value(FOUND));
  }

  @Test
  void getAll_claimLost_waitsForTheWinner() {
    cache.beforeSwap(() -> cache.put(KEY, new Cell.Loading()));
    CompletableFuture<ReadResults> read =
        reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope());
    assertThat(read).isNotDone();
    cache.put(KEY, value(FOUND));
    timer.advance(WAIT_FOR_OTHERS);

    assertThat(read.join().get(ALICE).lookup()).isEqualTo(FOUND);
    assertThat(store.reads).isEmpty();
  }

  @Test
  void getAll_claimLostAtLast_readsTheStoreAndFillsNothing() {
    cache.put(KEY, new Cell.Loading());
    CompletableFuture<ReadResults> read =
        reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope());
    timer.advance(WAIT_FOR_OTHERS.minusNanos(1));
    cache.put(KEY, new Cell.Invalid());
    cache.beforeSwap(() -> cache.put(KEY, new Cell.Loading()));
    timer.advance(Duration.ofNanos(1));

    assertThat(read.join().get(ALICE))
        .isEqualTo(new ReadResult<>(NEVER, Source.STORE, 0, Stamp.NONE));
    assertThat(cell(KEY)).isEqualTo(new Cell.Loading());
  }

  // It may have been done all the same, or be done later.
  @Test
  void getAll_claimUnanswered_readsTheStoreAndFillsNothing() {
    cache.answersLost(() -> true);

    assertThat(get(ALICE)).isEqualTo(new ReadResult<>(NEVER, Source.STORE, 0, Stamp.NONE));
    assertThat(cache.calls()).extracting(Call::name).containsExactly("get", "putIfAbsent");
  }

  @Test
  void getAll_timerShutDownWhileOthersLoad_fails() {
    cache.put(KEY, new Cell.Loading());
    timer.shutdown();
    CompletableFuture<ReadResults> read =
        reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope());

    assertThat(read).isCompletedExceptionally();
    assertThat(read.exceptionNow()).isInstanceOf(RejectedExecutionException.class);
  }

  // What others left.

  @Test
  void getAll_answerInAnotherFormat_readsTheStoreAndReplacesIt() {
    cache.put(KEY, new Cell.OtherFormat(ReadSide.EPOCH, Revision.FIRST));

    assertThat(get(ALICE).source()).isEqualTo(Source.STORE);
    assertThat(cell(KEY)).isEqualTo(value(NEVER));
  }

  @Test
  void getAll_answerOfAnOlderEpoch_readsTheStoreAndReplacesIt() {
    cache.put(KEY, new Cell.Value(ReadSide.EPOCH - 1, FOUND));

    assertThat(get(ALICE).lookup()).isEqualTo(NEVER);
    assertThat(cell(KEY)).isEqualTo(value(NEVER));
  }

  @Test
  void getAll_answerOfALaterEpoch_readsTheStoreAndLeavesIt() {
    Cell later = new Cell.Value(ReadSide.EPOCH + 1, FOUND);
    cache.put(KEY, later);

    assertThat(get(ALICE)).isEqualTo(new ReadResult<>(NEVER, Source.STORE, 0, Stamp.NONE));
    assertThat(cell(KEY)).isEqualTo(later);
  }

  @Test
  void getAll_epochRaisedDuringTheLoad_fillIsWorthNothing() {
    commit(new Change.Create(FIRST));
    store.afterRead = () -> side.held.renew(state(ReadSide.INCARNATION, ReadSide.EPOCH + 1));
    get(ALICE);
    store.afterRead = () -> {};

    assertThat(cell(KEY)).isEqualTo(value(FOUND));
    assertThat(get(ALICE).source()).isEqualTo(Source.STORE);
    assertThat(get(ALICE).source()).isEqualTo(Source.CACHE);
  }

  // The cache, the epochs, or the store cannot be reached.

  @Test
  void getAll_cacheUnavailable_readsTheStoreAndFillsNothing() {
    commit(new Change.Create(FIRST));
    cache.unavailable(call -> true);

    assertThat(get(ALICE)).isEqualTo(new ReadResult<>(FOUND, Source.STORE, 0, Stamp.NONE));
    assertThat(getAll(List.of(ALICE, BOB)).get(ALICE))
        .isEqualTo(new ReadResult<>(FOUND, Source.STORE, 0, Stamp.NONE));
    assertThat(cache.calls()).extracting(Call::name).containsExactly("get", "getAll");
  }

  @Test
  void getAll_cacheUnavailableBeforeTheClaim_readsTheStoreAndFillsNothing() {
    commit(new Change.Create(FIRST));
    cache.unavailable(call -> call.equals("putIfAbsent"));

    assertThat(get(ALICE)).isEqualTo(new ReadResult<>(FOUND, Source.STORE, 0, Stamp.NONE));
    assertThat(cache.peek(KEY)).isEqualTo(new CellAnswer.Nothing());
  }

  @Test
  void getAll_noView_readsTheStoreAndTouchesNoCache() {
    commit(new Change.Create(FIRST));
    side.held.lapse();

    assertThat(get(ALICE)).isEqualTo(new ReadResult<>(FOUND, Source.STORE, 0, Stamp.NONE));
    assertThat(getAll(List.of(ALICE, BOB)).source()).isEqualTo(Source.STORE);
    assertThat(cache.calls()).isEmpty();
  }

  @Test
  void getAll_storeFails_failsAlikeAndGivesItsClaimUp() {
    AccountException failure =
        new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1)));
    store.readsGate = CompletableFuture.failedFuture(failure);

    assertThat(reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope()))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingRootCause()
        .isSameAs(failure);
    assertThat(cell(KEY)).isEqualTo(new Cell.Invalid());
  }

  @Test
  void getAll_storeFailsForSeveral_givesItsClaimsUp() {
    store.readsGate = CompletableFuture.failedFuture(new IllegalStateException("gone"));

    assertThat(reads.getAll(List.of(ALICE, BOB), ReadOptions.DEFAULT, scope()))
        .isCompletedExceptionally();
    assertThat(cell(KEY)).isEqualTo(new Cell.Invalid());
    assertThat(cell(BOBS)).isEqualTo(new Cell.Invalid());
  }

  // The load's time is over, but not its callers': they are to hear what it was about.
  @Test
  void getAll_loadWaitsForTheStoreInVain_failsAsStoresDo() {
    store.readsGate = new CompletableFuture<>();

    assertFails(impatient(store), List.of(ALICE), AccountError.StoreUnavailable.class);
  }

  @Test
  void getAll_loadWaitsForAPlaceInVain_isShed() {
    store.readsGate = new CompletableFuture<>();
    BoundedStore bounded =
        new BoundedStore(
            store,
            AdmissionQueue.adaptive("queue", 1, 1, 10, Duration.ofSeconds(2), System::nanoTime));
    var unused = bounded.read(Set.of(BOB), scope());

    assertFails(impatient(bounded), List.of(ALICE), AccountError.Overloaded.class);
    assertThat(store.reads).containsExactly(Set.of(BOB));
  }

  // The store would take what the cache's queue refuses, and be overloaded in its turn.
  @Test
  void getAll_tooManyLookups_isShedAndDoesNotReadTheStore() {
    cache.answeredAfter(call -> new CompletableFuture<>());
    ReadAside narrow = reads(AdmissionQueue.fixed("queue", 1, 0), store, Duration.ofSeconds(20));
    var unused = narrow.getAll(List.of(BOB), ReadOptions.DEFAULT, scope());

    assertFails(narrow, List.of(ALICE), AccountError.Overloaded.class);
    assertFails(narrow, List.of(ALICE, BOB), AccountError.Overloaded.class);
    assertThat(store.reads).isEmpty();
  }

  /** For loads that take little longer than the wait for others. */
  private ReadAside impatient(AccountStore slow) {
    return reads(AdmissionQueue.fixed("queue", 100, 100), slow, Duration.ofMillis(5));
  }

  private ReadAside reads(AdmissionQueue lookups, AccountStore behind, Duration storeTimeout) {
    return new ReadAside(
        new CellReads(cache, cache, Duration.ofSeconds(1), side.held.lease(), lookups),
        behind,
        storeTimeout,
        Duration.ofMillis(1),
        System::nanoTime,
        timer,
        new Coalescer<EntityKey<?>, ReadResult<?>>(System::nanoTime, ReadObserver.NONE),
        ReadObserver.NONE);
  }

  /** Two reads at once, which share a load if it is of one key. */
  private static void assertFails(
      ReadAside reads, List<EntityKey<?>> keys, Class<? extends AccountError> error) {
    List<CompletableFuture<ReadResults>> waiting =
        List.of(
            reads.getAll(keys, ReadOptions.DEFAULT, scope()),
            reads.getAll(keys, ReadOptions.DEFAULT, scope()));

    assertThat(waiting)
        .allSatisfy(read ->
            assertThat(read)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                    AccountException.class,
                    failure -> assertThat(failure.error()).isInstanceOf(error)));
  }

  // Races with writes.

  @Test
  void getAll_writeBetweenReadAndFill_nextReadSeesIt() {
    commit(new Change.Create(FIRST));
    store.afterRead =
        () -> {
          store.afterRead = () -> {};
          commit(new Change.Replace(SECOND));
          tell(CHANGED_SINCE, Stamp.NONE);
        };
    get(ALICE);

    assertThat(get(ALICE).lookup()).isEqualTo(CHANGED_SINCE);
  }

  @Test
  void getAll_slowReaderFillsAfterAWrite_changesNothing() {
    commit(new Change.Create(FIRST));
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.readsGate = gate;
    CompletableFuture<ReadResults> slow =
        reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope());
    store.readsGate = CompletableFuture.completedFuture(null);
    commit(new Change.Replace(SECOND));
    tell(CHANGED_SINCE, Stamp.NONE);
    gate.complete(null);

    assertThat(slow.join().get(ALICE).lookup()).isEqualTo(FOUND);
    assertThat(get(ALICE).lookup()).isEqualTo(CHANGED_SINCE);
  }

  @Test
  void getAll_slowReaderOfAbsenceFillsAfterTheCreate_changesNothing() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    store.readsGate = gate;
    CompletableFuture<ReadResults> slow =
        reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope());
    store.readsGate = CompletableFuture.completedFuture(null);
    commit(new Change.Create(FIRST));
    tell(FOUND, Stamp.NONE);
    gate.complete(null);

    assertThat(slow.join().get(ALICE).lookup()).isEqualTo(NEVER);
    assertThat(get(ALICE).lookup()).isEqualTo(FOUND);
  }

  @Test
  void getAll_afterAWriteThatReadBefore_isHitWithTheNewAnswer() {
    Stamp stamp = get(ALICE).stamp();
    commit(new Change.Create(FIRST));
    tell(FOUND, stamp);
    store.reads.clear();

    assertThat(get(ALICE).lookup()).isEqualTo(FOUND);
    assertThat(get(ALICE).source()).isEqualTo(Source.CACHE);
    assertThat(store.reads).isEmpty();
  }

  // Source and age.

  @Test
  void getAll_hit_agesFromBeforeTheLookup() {
    get(ALICE);
    nanos.set(10);
    cache.answeredAfter(call -> {
      nanos.addAndGet(30);
      return CompletableFuture.completedFuture(null);
    });

    assertThat(get(ALICE))
        .extracting(ReadResult::source, ReadResult::asOf)
        .containsExactly(Source.CACHE, 10L);
  }

  @Test
  void getAll_fromTheStore_agesFromBeforeTheRead() {
    nanos.set(10);
    store.afterRead = () -> nanos.addAndGet(30);

    assertThat(get(ALICE).asOf()).isEqualTo(10);
  }

  @Test
  void getAll_mixed_saysTheFarthestSourceAndTheOldestAge() {
    get(ALICE);
    nanos.set(10);
    store.afterRead = () -> nanos.addAndGet(30);
    ReadResults results = getAll(List.of(ALICE, BOB));

    assertThat(results.source()).isEqualTo(Source.STORE);
    assertThat(results.asOf()).isEqualTo(10);
  }

  private void commit(Change change) {
    assertThat(
            store.commit(new Commit(List.of(change), Optional.empty(), List.of()), scope()).join())
        .isEqualTo(new CommitResult.Committed());
  }

  /** Tells the cache of a commit. */
  private void tell(Lookup<?> answer, Stamp stamp) {
    WriteEffects effects = new WriteEffects(Map.of(ALICE, answer), Map.of(), Map.of(ALICE, stamp));
    assertThat(side.commits.committed(effects, scope())).isCompleted();
  }

  private <E extends Entity> ReadResult<E> get(EntityKey<E> key) {
    return getAll(List.of(key)).get(key);
  }

  private ReadResults getAll(List<EntityKey<?>> keys) {
    return reads.getAll(keys, ReadOptions.DEFAULT, scope()).join();
  }

  private Cell cell(CellKey key) {
    return ((CellAnswer.Seen) cache.peek(key)).cell();
  }

  private static Cell value(Lookup<?> lookup) {
    return new Cell.Value(ReadSide.EPOCH, lookup);
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
