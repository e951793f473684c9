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
            (key, answer) -> assertThat(answer).isEqualTo(new CacheAnswer.Miss(Generation.NONE)));
  }

  @Test
  void advance_fromNone_isAloneAndSeenByReaders() {
    Generation generation = advanced(KEY, Generation.NONE);

    assertThat(generation.value()).isPositive();
    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(generation));
  }

  @Test
  void advance_fromThePresent_isAloneAndGrows() {
    Generation first = advanced(KEY, Generation.NONE);
    Generation second = advanced(KEY, first);

    assertThat(second.value()).isGreaterThan(first.value());
    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(second));
  }

  @Test
  void advance_fromAnOlder_isTogetherAndMovesOn() {
    Generation first = advanced(KEY, Generation.NONE);
    Generation second = advanced(KEY, first);

    assertThat(advance(KEY, first)).isEqualTo(new Advance.Together());
    assertThat(get(KEY))
        .isInstanceOfSatisfying(
            CacheAnswer.Miss.class,
            miss -> assertThat(miss.generation().value()).isGreaterThan(second.value()));
  }

  @Test
  void advance_fromNoneThoughThereIsOne_isTogether() {
    advanced(KEY, Generation.NONE);

    assertThat(advance(KEY, Generation.NONE)).isEqualTo(new Advance.Together());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void fill_presentGeneration_isHit(Answered answered) {
    Generation generation = advanced(answered.key(), Generation.NONE);
    fill(answered.key(), answered.lookup(), generation);

    assertThat(get(answered.key())).isEqualTo(new CacheAnswer.Hit(answered.lookup(), generation));
  }

  @Test
  void fill_olderGeneration_isMiss() {
    Generation older = advanced(KEY, Generation.NONE);
    Generation present = advanced(KEY, older);
    fill(KEY, ALICE, older);

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(present));
  }

  @Test
  void fill_noGenerationThere_isMiss() {
    fill(KEY, ALICE, new Generation(7));

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(Generation.NONE));
  }

  @Test
  void fill_generationNone_isMiss() {
    fill(KEY, ALICE, Generation.NONE);

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(Generation.NONE));
  }

  @Test
  void fill_again_isTheLatter() {
    Generation generation = advanced(KEY, Generation.NONE);
    Lookup<?> renamed = new Lookup.Found<>(renamed(user("alice")));
    fill(KEY, ALICE, generation);
    fill(KEY, renamed, generation);

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Hit(renamed, generation));
  }

  @Test
  void advance_afterFill_isMiss() {
    Generation filled = advanced(KEY, Generation.NONE);
    fill(KEY, ALICE, filled);
    Generation present = advanced(KEY, filled);

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(present));
  }

  @Test
  void getAll_hundredKeys_answersEach() {
    Map<EntityKey<?>, CacheAnswer> expected = new HashMap<>();
    List<EntityKey<?>> keys = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      EntityKey<?> key = membershipKey("org", "u" + i);
      keys.add(key);
      expected.put(key, i % 2 == 0 ? new CacheAnswer.Miss(Generation.NONE) : filled(key));
    }

    assertThat(getAll(keys)).isEqualTo(expected);
  }

  private CacheAnswer filled(EntityKey<?> key) {
    Generation generation = advanced(key, Generation.NONE);
    Lookup<?> absent = new Lookup.Absent<>(Revision.FIRST);
    fill(key, absent, generation);
    return new CacheAnswer.Hit(absent, generation);
  }

  @Test
  void keys_thatLookAlike_doNotInterfere() {
    CacheAnswer answer = filled(membershipKey("a", "b-c"));
    advanced(membershipKey("a-b", "c"), Generation.NONE);

    assertThat(get(membershipKey("a", "b-c"))).isEqualTo(answer);
    assertThat(getAll(List.of(userKey("a"), organizationKey("a"), membershipKey("a", "b"))))
        .allSatisfy(
            (key, other) -> assertThat(other).isEqualTo(new CacheAnswer.Miss(Generation.NONE)));
  }

  @Test
  void flush_afterFill_isMissWithoutGeneration() {
    filled(KEY);
    flush();

    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(Generation.NONE));
  }

  @Test
  void flush_generationStartedAgain_doesNotRevive() {
    Generation before = advanced(KEY, Generation.NONE);
    flush();
    fill(KEY, ALICE, before);
    Generation after = advanced(KEY, Generation.NONE);

    assertThat(after).isNotEqualTo(before);
    assertThat(get(KEY)).isEqualTo(new CacheAnswer.Miss(after));
  }

  @Test
  void advance_manyAtOnce_atMostOneIsAlone() {
    Generation seen = advanced(KEY, Generation.NONE);
    List<Advance> advances;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<CompletableFuture<Advance>> running =
          IntStream.range(0, 32)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> advance(KEY, seen), threads))
              .toList();
      advances = running.stream().map(CompletableFuture::join).toList();
    }

    assertThat(advances).filteredOn(Advance.Alone.class::isInstance).hasSizeLessThanOrEqualTo(1);
    assertThat(advances).doesNotContain(new Advance.Unavailable());
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

  private Advance advance(EntityKey<?> key, Generation seen) {
    return cache().advance(key, seen, scope()).join();
  }

  private Generation advanced(EntityKey<?> key, Generation seen) {
    return switch (advance(key, seen)) {
      case Advance.Alone alone -> alone.generation();
      case Advance other -> throw new AssertionError("not alone: " + other);
    };
  }

  private void fill(EntityKey<?> key, Lookup<?> lookup, Generation generation) {
    cache().fill(key, lookup, generation, scope()).join();
  }
}
