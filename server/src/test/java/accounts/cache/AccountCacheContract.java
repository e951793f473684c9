package accounts.cache;

import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link AccountCache} does that is within reach, wrappers and fakes included. */
public abstract class AccountCacheContract {

  private static final EntityKey<?> KEY = userKey("alice");
  private static final Lookup<?> ALICE = new Lookup.Found<>(user("alice"));

  /** Returns the cache under test, empty at the beginning of each test. */
  protected abstract AccountCache cache();

  /** Makes the cache lose everything. */
  protected abstract void flush();

  /** Returns an epoch that entries may be filled at and count. */
  protected long epoch() {
    return 1L << 40;
  }

  /** A key and an answer to it. */
  record Answered(EntityKey<?> key, Lookup<?> lookup) {}

  static List<Answered> answers() {
    return List.of(
        found(user("alice")),
        found(organization("Olivia's Örg")),
        found(membership("org", "alice", Role.OWNER)),
        found(membership("org", "alice", Role.ADMIN)),
        found(membership("org", "alice", Role.MEMBER)),
        new Answered(userKey("alice"), new Lookup.Absent<>(Revision.NONE)),
        new Answered(organizationKey("org"), new Lookup.Absent<>(Revision.NONE)),
        new Answered(membershipKey("org", "alice"), new Lookup.Absent<>(new Revision(2))));
  }

  private static Answered found(Entity entity) {
    return new Answered(entity.key(), new Lookup.Found<>(entity));
  }

  @Test
  void getAll_empty_isMissWithoutGeneration() {
    assertThat(getAll(List.of(KEY, organizationKey("org"), membershipKey("org", "alice"))))
        .containsOnlyKeys(KEY, organizationKey("org"), membershipKey("org", "alice"))
        .allSatisfy(
            (key, answer) -> assertThat(answer).isEqualTo(new CacheAnswer.Miss(Stamp.NONE)));
  }

  @Test
  void start_none_isAloneAndSeenByReaders() {
    Stamp stamp = started(KEY);

    assertThat(stamp.generation()).isPositive();
    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(stamp));
  }

  @Test
  void advance_fromThePresent_isAloneAndGrows() {
    Stamp first = started(KEY);
    Stamp second = advanced(KEY, first);

    assertThat(second.generation()).isGreaterThan(first.generation());
    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(second));
  }

  @Test
  void advance_fromAnOlder_isTogetherAndMovesOn() {
    Stamp first = started(KEY);
    Stamp second = advanced(KEY, first);

    assertThat(advance(KEY, first)).isEqualTo(new Advance.Together());
    assertThat(get(KEY))
        .isInstanceOfSatisfying(
            CacheAnswer.Miss.class,
            miss -> assertThat(miss.stamp().generation()).isGreaterThan(second.generation()));
  }

  // Of many who start one, the first goes on to fill: it must not be outdated by the others.
  @Test
  void start_thereIsOne_isTogetherAndLeavesIt() {
    Stamp stamp = started(KEY);

    assertThat(start(KEY)).isEqualTo(new Advance.Together());
    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(stamp));
  }

  @Test
  void start_atAnEpoch_keepsTheEpoch() {
    assertThat(cache().start(KEY, Stamp.NONE.atEpoch(5), scope()).join())
        .isInstanceOfSatisfying(
            Advance.Alone.class, alone -> assertThat(alone.stamp().epoch()).isEqualTo(5));
  }

  @Test
  void start_manyAtOnce_exactlyOneIsAlone() {
    assertThat(atOnce(() -> start(KEY))).filteredOn(Advance.Alone.class::isInstance).hasSize(1);
  }

  // Who moved a generation that the cache lost is not known.
  @Test
  void advance_fromNone_movesOnAndIsNeverAlone() {
    assertThat(advance(KEY, Stamp.NONE)).isEqualTo(new Advance.Together());
    assertThat(get(KEY))
        .isInstanceOfSatisfying(
            CacheAnswer.Miss.class, miss -> assertThat(miss.stamp().isAbsent()).isFalse());
  }

  @Test
  void advance_fromNoneThoughThereIsOne_isTogether() {
    started(KEY);

    assertThat(advance(KEY, Stamp.NONE)).isEqualTo(new Advance.Together());
  }

  @Test
  void advance_atAnEpoch_keepsTheEpoch() {
    Stamp seen = started(KEY).atEpoch(3);

    assertThat(advanced(KEY, seen).epoch()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void fill_presentGeneration_isHit(Answered answered) {
    Stamp stamp = started(answered.key());
    fill(answered.key(), answered.lookup(), stamp);

    assertThat(get(answered.key())).isEqualTo(new CacheAnswer.Hit(answered.lookup(), stamp));
  }

  @Test
  void fill_atAnEpoch_isHitOfThatEpoch() {
    Stamp stamp = started(KEY).atEpoch(epoch());
    fill(KEY, ALICE, stamp);

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Hit(ALICE, stamp));
  }

  @Test
  void fill_olderGeneration_isMiss() {
    Stamp older = started(KEY);
    Stamp present = advanced(KEY, older);
    fill(KEY, ALICE, older);

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(present));
  }

  @Test
  void fill_noGenerationThere_isMiss() {
    fill(KEY, ALICE, new Stamp(7, 0));

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(Stamp.NONE));
  }

  @Test
  void fill_generationNone_isMiss() {
    fill(KEY, ALICE, Stamp.NONE);

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(Stamp.NONE));
  }

  @Test
  void fill_again_isTheLatter() {
    Stamp stamp = started(KEY);
    Lookup<?> renamed = new Lookup.Found<>(renamed(user("alice")));
    fill(KEY, ALICE, stamp);
    fill(KEY, renamed, stamp);

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Hit(renamed, stamp));
  }

  @Test
  void advance_afterFill_isMiss() {
    Stamp filled = started(KEY);
    fill(KEY, ALICE, filled);
    Stamp present = advanced(KEY, filled);

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(present));
  }

  @Test
  void getAll_hundredKeys_answersEach() {
    Map<EntityKey<?>, CacheAnswer> expected = new HashMap<>();
    List<EntityKey<?>> keys = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      EntityKey<?> key = membershipKey("org", "u" + i);
      keys.add(key);
      expected.put(key, i % 2 == 0 ? new CacheAnswer.Miss(Stamp.NONE) : filled(key));
    }

    assertThat(getAll(keys)).isEqualTo(expected);
  }

  private CacheAnswer filled(EntityKey<?> key) {
    Stamp stamp = started(key);
    Lookup<?> absent = new Lookup.Absent<>(Revision.FIRST);
    fill(key, absent, stamp);
    return new CacheAnswer.Hit(absent, stamp);
  }

  @Test
  void keys_thatLookAlike_doNotInterfere() {
    CacheAnswer answer = filled(membershipKey("a", "b-c"));
    started(membershipKey("a-b", "c"));

    assertThat(get(membershipKey("a", "b-c"))).isEqualTo(answer);
    assertThat(getAll(List.of(userKey("a"), organizationKey("a"), membershipKey("a", "b"))))
        .allSatisfy((key, other) -> assertThat(other).isEqualTo(new CacheAnswer.Miss(Stamp.NONE)));
  }

  @Test
  void flush_afterFill_isMissWithoutGeneration() {
    filled(KEY);
    flush();

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(Stamp.NONE));
  }

  @Test
  void flush_generationStartedAgain_doesNotRevive() {
    Stamp before = started(KEY);
    flush();
    fill(KEY, ALICE, before);
    Stamp after = started(KEY);

    assertThat(after).isNotEqualTo(before);
    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(after));
  }

  @Test
  void advance_manyAtOnce_atMostOneIsAlone() {
    Stamp seen = started(KEY);
    List<Advance> advances = atOnce(() -> advance(KEY, seen));

    assertThat(advances).filteredOn(Advance.Alone.class::isInstance).hasSizeLessThanOrEqualTo(1);
    assertThat(advances).doesNotContain(new Advance.Unavailable());
  }

  @Test
  void lease_first_isWonAndThenTaken() {
    Stamp stamp = started(KEY);

    assertThat(lease(KEY, stamp)).isEqualTo(LeaseAnswer.WON);
    assertThat(lease(KEY, stamp)).isEqualTo(LeaseAnswer.TAKEN);
  }

  @Test
  void lease_atALaterGeneration_isWonAgain() {
    Stamp first = started(KEY);
    lease(KEY, first);

    assertThat(lease(KEY, advanced(KEY, first))).isEqualTo(LeaseAnswer.WON);
  }

  @Test
  void lease_ofAnotherKey_isWon() {
    Stamp stamp = started(KEY);
    lease(KEY, stamp);

    assertThat(lease(organizationKey("alice"), stamp)).isEqualTo(LeaseAnswer.WON);
  }

  private static <T> List<T> atOnce(Supplier<T> call) {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<CompletableFuture<T>> running =
          IntStream.range(0, 32)
              .mapToObj(i -> CompletableFuture.supplyAsync(call, threads))
              .toList();
      return running.stream().map(CompletableFuture::join).toList();
    }
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }

  private Map<EntityKey<?>, CacheAnswer> getAll(Collection<EntityKey<?>> keys) {
    return cache().getAll(keys, scope()).join();
  }

  private CacheAnswer get(EntityKey<?> key) {
    CacheAnswer answer = getAll(List.of(key)).get(key);
    return Objects.requireNonNull(answer);
  }

  private Advance start(EntityKey<?> key) {
    return cache().start(key, Stamp.NONE, scope()).join();
  }

  private Stamp started(EntityKey<?> key) {
    return alone(start(key));
  }

  private LeaseAnswer lease(EntityKey<?> key, Stamp stamp) {
    return cache().lease(key, stamp, scope()).join();
  }

  private Advance advance(EntityKey<?> key, Stamp seen) {
    return cache().advance(key, seen, scope()).join();
  }

  private Stamp advanced(EntityKey<?> key, Stamp seen) {
    return alone(advance(key, seen));
  }

  private static Stamp alone(Advance advance) {
    return switch (advance) {
      case Advance.Alone alone -> alone.stamp();
      case Advance other -> throw new AssertionError("not alone: " + other);
    };
  }

  private void fill(EntityKey<?> key, Lookup<?> lookup, Stamp stamp) {
    cache().fill(key, lookup, stamp, scope()).join();
  }
}
