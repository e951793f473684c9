package accounts.read;

import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.service.Consistency;
import accounts.service.EntityReader;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import accounts.service.Source;
import accounts.service.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "one by one: {0}")
@ValueSource(booleans = {false, true})
final class NearCacheTest {

  private static final Duration BOUND = Duration.ofHours(1);
  private static final int ENTRIES = 10;

  /** From then on an answer that is asked for is read anew. */
  private static final long AGED = BOUND.toNanos() / 4 * 3;

  /** For as many users with short names. */
  private static final int BYTES = ENTRIES * 650;

  private static final EntityKey<User> ALICE = userKey("alice");
  private static final EntityKey<User> BOB = userKey("bob");
  private static final ReadOptions BOUNDED = new ReadOptions(Consistency.BOUNDED, Revision.NONE);

  private final AtomicLong nanos = new AtomicLong();
  private final Below below = new Below();

  /** The sources of the answers that the observer was notified of. */
  private final List<Source> heard = new ArrayList<>();

  private final ReadObserver observer =
      new ReadObserver() {
        @Override
        public void answered(ReadOptions options, EntityKey<?> key, ReadResult<?> result) {
          heard.add(result.source());
        }
      };
  private final NearCache memory = new NearCache(below, BOUND, BYTES, nanos::get, observer);
  private final EntityReader reads;

  /**
   * @param oneByOne whether single keys are read by {@code get}
   */
  NearCacheTest(boolean oneByOne) {
    this.reads = oneByOne ? new OneByOne(memory) : memory;
  }

  /** Answers what the test says, dated by when it was asked. */
  private final class Below implements EntityReader {

    final Map<EntityKey<?>, Lookup<?>> answers = new HashMap<>();
    final List<Set<EntityKey<?>>> asked = new ArrayList<>();
    Duration given = Duration.ZERO;
    boolean away;
    CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    @Override
    public CompletableFuture<ReadResults> getAll(
        Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
      asked.add(Set.copyOf(keys));
      given = scope.remaining();
      if (away) {
        return CompletableFuture.failedFuture(
            new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1))));
      }
      Map<EntityKey<?>, ReadResult<?>> results = new HashMap<>();
      keys.forEach(key -> results.put(key, result(key)));
      return gate.thenApply(opened -> new ReadResults(results));
    }

    @SuppressWarnings("unchecked") // tests put only a key's own kind
    private <E extends Entity> ReadResult<E> result(EntityKey<E> key) {
      Lookup<E> lookup = (Lookup<E>) answers.getOrDefault(key, new Lookup.Absent<E>(Revision.NONE));
      return new ReadResult<>(lookup, Source.CACHE, nanos.get(), Stamp.NONE);
    }
  }

  @Test
  void getAll_boundedAgain_isNearAndAsksNobody() {
    below.answers.put(ALICE, new Lookup.Found<>(user("alice")));
    bounded(ALICE);
    ReadResult<User> near = bounded(ALICE);

    assertThat(near)
        .isEqualTo(
            new ReadResult<>(new Lookup.Found<>(user("alice")), Source.NEAR_CACHE, 0, Stamp.NONE));
    assertThat(below.asked).hasSize(1);
  }

  @Test
  void getAll_boundedAtTheBound_isNear() {
    bounded(ALICE);
    nanos.set(BOUND.toNanos());

    assertThat(bounded(ALICE).source()).isEqualTo(Source.NEAR_CACHE);
  }

  @Test
  void getAll_boundedBeyondTheBound_asks() {
    bounded(ALICE);
    nanos.set(BOUND.toNanos() + 1);

    assertThat(bounded(ALICE).source()).isEqualTo(Source.CACHE);
  }

  @Test
  void getAll_readTookLong_ageCountsFromItsBeginning() {
    below.gate = new CompletableFuture<>();
    CompletableFuture<ReadResults> slow = reads.getAll(List.of(ALICE), BOUNDED, scope());
    nanos.set(BOUND.toNanos());
    below.gate.complete(null);

    assertThat(slow).isCompleted();
    below.away = true; // or it would be read anew
    assertThat(bounded(ALICE).asOf()).isZero();
    below.away = false;
    nanos.incrementAndGet();
    assertThat(bounded(ALICE).source()).isEqualTo(Source.CACHE);
  }

  @Test
  void getAll_askedShortlyBeforeTheBound_isReadAnewAndNobodyWaits() {
    bounded(ALICE);
    nanos.set(AGED);
    below.gate = new CompletableFuture<>();
    assertThat(bounded(ALICE).asOf()).isZero();
    below.gate.complete(null);
    nanos.set(BOUND.toNanos() + 1);

    assertThat(bounded(ALICE).source()).isEqualTo(Source.NEAR_CACHE);
    assertThat(bounded(ALICE).asOf()).isEqualTo(AGED);
    assertThat(below.asked).hasSize(2);
  }

  @Test
  void getAll_readAnew_takesNoLongerThanItsAnswerCouldBeGiven() {
    bounded(ALICE);
    nanos.set(AGED);
    bounded(ALICE);

    assertThat(below.asked).hasSize(2);
    assertThat(below.given).isLessThanOrEqualTo(BOUND).isGreaterThan(BOUND.dividedBy(2));
  }

  /** Caffeine takes an entry that is replaced within a second for as old as the one before. */
  @Test
  void getAll_boundOfASecond_whatWasReadAnewIsKept() {
    NearCache second =
        new NearCache(below, Duration.ofSeconds(1), BYTES, nanos::get, ReadObserver.NONE);
    long tenth = Duration.ofMillis(100).toNanos();
    for (int i = 0; i < 100; i++) {
      nanos.set(i * tenth);
      Source source = second.getAll(List.of(ALICE), BOUNDED, scope()).join().source();

      assertThat(source).isEqualTo(i == 0 ? Source.CACHE : Source.NEAR_CACHE);
    }
  }

  @Test
  void getAll_notAskedShortlyBeforeTheBound_isNotReadAnew() {
    bounded(ALICE);
    nanos.set(AGED - 1);
    bounded(ALICE);
    nanos.set(BOUND.toNanos() + 1);

    assertThat(below.asked).hasSize(1);
    assertThat(bounded(ALICE).source()).isEqualTo(Source.CACHE);
  }

  @Test
  void getAll_manyAskWhileItIsReadAnew_isReadOnce() {
    bounded(ALICE);
    nanos.set(AGED);
    below.gate = new CompletableFuture<>();
    for (int i = 0; i < 10; i++) {
      bounded(ALICE);
    }

    assertThat(below.asked).hasSize(2);
  }

  @Test
  void getAll_readAnewTookLong_ageCountsFromItsBeginning() {
    bounded(ALICE);
    nanos.set(AGED);
    below.gate = new CompletableFuture<>();
    bounded(ALICE);
    nanos.set(BOUND.toNanos());
    below.gate.complete(null);
    nanos.set(AGED + BOUND.toNanos());
    assertThat(bounded(ALICE).asOf()).isEqualTo(AGED);
    below.gate = CompletableFuture.completedFuture(null);
    nanos.set(AGED + 2 * BOUND.toNanos() + 1);

    assertThat(bounded(ALICE).source()).isEqualTo(Source.CACHE);
  }

  @Test
  void getAll_readAnewAfterTheBound_waitsForAReadOfItsOwn() {
    bounded(ALICE);
    nanos.set(AGED);
    below.gate = new CompletableFuture<>();
    bounded(ALICE);
    nanos.set(BOUND.toNanos() + 1);
    CompletableFuture<ReadResults> late = reads.getAll(List.of(ALICE), BOUNDED, scope());

    assertThat(late).isNotDone();
    below.gate.complete(null);
    assertThat(late.join().source()).isEqualTo(Source.CACHE);
  }

  @Test
  void getAll_readAnewFails_isGivenUntilTheBoundAndNotTriedAgain() {
    bounded(ALICE);
    nanos.set(AGED);
    below.away = true;
    assertThat(bounded(ALICE).source()).isEqualTo(Source.NEAR_CACHE);
    nanos.set(BOUND.toNanos());
    assertThat(bounded(ALICE).source()).isEqualTo(Source.NEAR_CACHE);
    assertThat(below.asked).hasSize(2);
    below.away = false;
    nanos.incrementAndGet();

    assertThat(bounded(ALICE).source()).isEqualTo(Source.CACHE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Consistency.class,
      names = {"FRESH", "STORE"})
  void getAll_notBounded_asksAndLeavesNothingBehind(Consistency consistency) {
    ReadOptions options = new ReadOptions(consistency, Revision.NONE);
    for (int i = 0; i < 3; i++) {
      assertThat(reads.getAll(List.of(ALICE), options, scope()).join().source())
          .isEqualTo(Source.CACHE);
    }

    assertThat(below.asked).hasSize(3);
    assertThat(bounded(ALICE).source()).isEqualTo(Source.CACHE);
  }

  @Test
  void getAll_nearIsOlderThanMinRevision_asks() {
    below.answers.put(ALICE, new Lookup.Found<>(user("alice")));
    bounded(ALICE);
    below.answers.put(ALICE, new Lookup.Found<>(renamed(user("alice"))));
    ReadOptions second = new ReadOptions(Consistency.BOUNDED, new Revision(2));

    assertThat(bounded(ALICE).lookup().revision()).isEqualTo(Revision.FIRST);
    assertThat(reads.getAll(List.of(ALICE), second, scope()).join().get(ALICE).lookup())
        .isEqualTo(new Lookup.Found<>(renamed(user("alice"))));
    assertThat(reads.getAll(List.of(ALICE), second, scope()).join().source())
        .isEqualTo(Source.NEAR_CACHE);
  }

  @Test
  void getAll_someNear_asksForTheRest() {
    bounded(ALICE);
    nanos.set(5);
    ReadResults results = reads.getAll(List.of(ALICE, BOB), BOUNDED, scope()).join();

    assertThat(below.asked).last().isEqualTo(Set.of(BOB));
    assertThat(results.get(ALICE).source()).isEqualTo(Source.NEAR_CACHE);
    assertThat(results.source()).isEqualTo(Source.CACHE);
    assertThat(results.asOf()).isZero();
  }

  @Test
  void getAll_olderReadEndsLast_keepsTheYounger() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    below.gate = gate;
    CompletableFuture<ReadResults> slow = reads.getAll(List.of(ALICE), BOUNDED, scope());
    below.gate = CompletableFuture.completedFuture(null);
    below.answers.put(ALICE, new Lookup.Found<>(user("alice")));
    nanos.set(5);
    bounded(ALICE);
    gate.complete(null);

    assertThat(slow.join().get(ALICE).lookup()).isEqualTo(new Lookup.Absent<>(Revision.NONE));
    assertThat(bounded(ALICE).lookup()).isEqualTo(new Lookup.Found<>(user("alice")));
  }

  @Test
  void getAll_fails_keepsNothing() {
    below.away = true;
    assertThat(reads.getAll(List.of(ALICE), BOUNDED, scope())).isCompletedExceptionally();
    below.away = false;

    assertThat(bounded(ALICE).source()).isEqualTo(Source.CACHE);
  }

  @Test
  void getAll_answered_observerHearsOfEveryAnswer() {
    bounded(ALICE);
    bounded(ALICE);
    reads.getAll(List.of(ALICE), ReadOptions.DEFAULT, scope()).join();

    assertThat(heard).containsExactly(Source.CACHE, Source.NEAR_CACHE, Source.CACHE);
  }

  /** What is in memory is shown to thousands, so it keeps the message that it is shown as. */
  @Test
  void getAll_boundedAgain_keepsItsMessageUntilItIsReadAnew() {
    bounded(ALICE);
    String shown = bounded(ALICE).memo().get(String.class, () -> "first");

    assertThat(bounded(ALICE).memo().get(String.class, () -> "second")).isSameAs(shown);
    memory.drop(ALICE);
    bounded(ALICE);
    assertThat(bounded(ALICE).memo().get(String.class, () -> "second")).isEqualTo("second");
  }

  @Test
  void drop_near_isAskedAgainAndSparesOthers() {
    bounded(ALICE);
    bounded(BOB);
    memory.drop(ALICE);

    assertThat(bounded(ALICE).source()).isEqualTo(Source.CACHE);
    assertThat(bounded(BOB).source()).isEqualTo(Source.NEAR_CACHE);
  }

  @Test
  void clear_near_isAskedAgain() {
    bounded(ALICE);
    bounded(organizationKey("org"));
    memory.clear();

    assertThat(bounded(ALICE).source()).isEqualTo(Source.CACHE);
    assertThat(bounded(organizationKey("org")).source()).isEqualTo(Source.CACHE);
  }

  @Test
  @Timeout(30)
  void getAll_floodOfOneKind_isBoundedAndSparesTheOthers() {
    bounded(organizationKey("org"));
    List<EntityKey<?>> flood =
        IntStream.range(0, 50).<EntityKey<?>>mapToObj(i -> userKey("u" + i)).toList();
    for (int i = 0; i < 20; i++) {
      flood.forEach(this::bounded);
    }
    below.away = true;

    // Evicted a little later, by a thread of the cache's own; the test's time limit ends the wait.
    while (near(flood) > ENTRIES) {
      Thread.onSpinWait();
    }
    assertThat(bounded(organizationKey("org")).source()).isEqualTo(Source.NEAR_CACHE);
  }

  private int near(List<EntityKey<?>> keys) {
    Set<EntityKey<?>> near = new HashSet<>();
    for (EntityKey<?> key : keys) {
      if (!reads.getAll(List.of(key), BOUNDED, scope()).isCompletedExceptionally()) {
        near.add(key);
      }
    }
    return near.size();
  }

  private <E extends Entity> ReadResult<E> bounded(EntityKey<E> key) {
    return reads.getAll(List.of(key), BOUNDED, scope()).join().get(key);
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
