package accounts.cache;

import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.organizationKey;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link CellCache} does that answers, decorators and fakes included. */
public abstract class CellCacheContract {

  private static final long EPOCH = 1L << 40;
  private static final CellKey KEY = cell(userKey("alice"));
  private static final Cell ALICE = new Cell.Value(EPOCH, new Lookup.Found<>(user("alice")));

  /** Returns the cache under test, empty at the beginning of each test. */
  protected abstract CellCache cache();

  /** Makes the cache lose everything. */
  protected abstract void flush();

  /** A key and a cell that may be stored under it. */
  record Stored(EntityKey<?> key, Cell cell) {}

  static List<Stored> cells() {
    return List.of(
        found(user("alice")),
        found(organization("Olivia's Örg")),
        found(membership("org", "alice", Role.OWNER)),
        found(membership("org", "alice", Role.ADMIN)),
        found(membership("org", "alice", Role.MEMBER)),
        absent(userKey("alice"), Revision.NONE),
        absent(organizationKey("org"), Revision.NONE),
        absent(membershipKey("org", "alice"), new Revision(2)),
        new Stored(userKey("alice"), new Cell.Loading()),
        new Stored(userKey("alice"), new Cell.Invalid()));
  }

  private static Stored found(Entity entity) {
    return new Stored(entity.key(), new Cell.Value(EPOCH, new Lookup.Found<>(entity)));
  }

  private static Stored absent(EntityKey<?> key, Revision revision) {
    return new Stored(key, new Cell.Value(EPOCH, new Lookup.Absent<>(revision)));
  }

  @Test
  void get_empty_isNothing() {
    assertThat(get(KEY)).isEqualTo(new CellAnswer.Nothing());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void putIfAbsent_nothingThere_isSeenAsItWasPut(Stored stored) {
    CellKey key = cell(stored.key());
    CellVersion version = swapped(putIfAbsent(key, stored.cell()));

    assertThat(get(key)).isEqualTo(new CellAnswer.Seen(stored.cell(), version));
  }

  @Test
  void putIfAbsent_somethingThere_isMismatchAndChangesNothing() {
    CellVersion version = swapped(putIfAbsent(KEY, ALICE));

    assertThat(putIfAbsent(KEY, new Cell.Loading())).isEqualTo(new SwapResult.Mismatch());
    assertThat(get(KEY)).isEqualTo(new CellAnswer.Seen(ALICE, version));
  }

  @Test
  void replace_stateThatWasSeen_swaps() {
    CellVersion loading = swapped(putIfAbsent(KEY, new Cell.Loading()));
    CellVersion value = swapped(replace(KEY, loading, ALICE));

    assertThat(get(KEY)).isEqualTo(new CellAnswer.Seen(ALICE, value));
  }

  @Test
  void replace_versionFromGet_swaps() {
    var unused = putIfAbsent(KEY, new Cell.Loading());

    assertThat(replace(KEY, seen(KEY).version(), ALICE)).isInstanceOf(SwapResult.Swapped.class);
  }

  @Test
  void replace_stateBeforeTheLast_isMismatch() {
    CellVersion first = swapped(putIfAbsent(KEY, new Cell.Loading()));
    CellVersion second = swapped(replace(KEY, first, new Cell.Invalid()));

    assertThat(replace(KEY, first, ALICE)).isEqualTo(new SwapResult.Mismatch());
    assertThat(get(KEY)).isEqualTo(new CellAnswer.Seen(new Cell.Invalid(), second));
  }

  // Equal contents are different versions: a late call must not mistake one for the version it saw.
  @Test
  void replace_sameCellPutAgain_isMismatch() {
    CellVersion first = swapped(putIfAbsent(KEY, new Cell.Loading()));
    flush();
    CellVersion second = swapped(putIfAbsent(KEY, new Cell.Loading()));

    assertThat(second).isNotEqualTo(first);
    assertThat(replace(KEY, first, ALICE)).isEqualTo(new SwapResult.Mismatch());
  }

  @Test
  void replace_lost_isMismatchAndStaysNothing() {
    CellVersion first = swapped(putIfAbsent(KEY, new Cell.Loading()));
    flush();

    assertThat(replace(KEY, first, ALICE)).isEqualTo(new SwapResult.Mismatch());
    assertThat(get(KEY)).isEqualTo(new CellAnswer.Nothing());
  }

  @Test
  void getAll_someThere_answersEveryKey() {
    CellKey bob = cell(userKey("bob"));
    CellVersion version = swapped(putIfAbsent(KEY, ALICE));

    assertThat(cache().getAll(List.of(KEY, bob), scope()).join())
        .containsExactly(new CellAnswer.Seen(ALICE, version), new CellAnswer.Nothing());
  }

  @Test
  void get_otherIncarnation_isNothing() {
    var unused = putIfAbsent(KEY, ALICE);

    assertThat(get(CellKey.of("another", userKey("alice")))).isEqualTo(new CellAnswer.Nothing());
  }

  @Test
  void putIfAbsent_manyAtOnce_oneSwaps() throws Exception {
    CellVersion loading = swapped(putIfAbsent(KEY, new Cell.Loading()));
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<CompletableFuture<SwapResult>> results = new ArrayList<>();
      IntStream.range(0, 32)
          .forEach(i ->
              results.add(
                  CompletableFuture.supplyAsync(
                      () -> replace(KEY, loading, new Cell.Invalid()), threads)));

      assertThat(results.stream().map(CompletableFuture::join))
          .filteredOn(result -> result instanceof SwapResult.Swapped)
          .hasSize(1);
    }
  }

  private CellAnswer get(CellKey key) {
    return cache().get(key, scope()).join();
  }

  private CellAnswer.Seen seen(CellKey key) {
    return (CellAnswer.Seen) get(key);
  }

  private SwapResult putIfAbsent(CellKey key, Cell cell) {
    return cache().putIfAbsent(key, cell, scope()).join();
  }

  private SwapResult replace(CellKey key, CellVersion expected, Cell cell) {
    return cache().replace(key, expected, cell, scope()).join();
  }

  private static CellVersion swapped(SwapResult result) {
    assertThat(result).isInstanceOf(SwapResult.Swapped.class);
    return ((SwapResult.Swapped) result).version();
  }

  private static CellKey cell(EntityKey<?> key) {
    return CellKey.of("incarnation", key);
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
