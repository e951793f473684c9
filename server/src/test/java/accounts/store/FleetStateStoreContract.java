package accounts.store;

import static accounts.store.FleetStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.store.FleetStateStore.Found;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link FleetStateStore} does. */
public abstract class FleetStateStoreContract {

  private static final FleetState FIRST = state("first", 10);
  private static final FleetState SECOND = state("second", 20);

  /** Returns what is under test, without a state at the beginning of each test. */
  protected abstract FleetStateStore store();

  @Test
  void read_nothingThere_isEmpty() {
    assertThat(store().read(scope()).join())
        .isEqualTo(new Found(Optional.empty(), Optional.empty()));
    assertThat(store().readAll(scope()).join()).isEqualTo(store().read(scope()).join());
  }

  @Test
  void replace_nothingThere_isReadFromThenOn() {
    assertThat(replace(Optional.empty(), FIRST)).isTrue();

    assertThat(store().read(scope()).join())
        .isEqualTo(new Found(Optional.of("first"), Optional.of(FIRST)));
    assertThat(store().readAll(scope()).join()).isEqualTo(store().read(scope()).join());
  }

  @Test
  void replace_asExpected_isReadFromThenOn() {
    replace(Optional.empty(), FIRST);

    assertThat(replace(Optional.of("first"), SECOND)).isTrue();
    assertThat(read()).isEqualTo(SECOND);
  }

  @Test
  void replace_otherThanExpected_doesNothing() {
    replace(Optional.empty(), FIRST);

    assertThat(replace(Optional.of("another"), SECOND)).isFalse();
    assertThat(replace(Optional.empty(), SECOND)).isFalse();
    assertThat(read()).isEqualTo(FIRST);
  }

  @Test
  void replace_nothingThereButExpected_doesNothing() {
    assertThat(replace(Optional.of("first"), SECOND)).isFalse();
    assertThat(store().read(scope()).join().state()).isEmpty();
  }

  @Test
  void raise_someShards_raisesThemAndNoOther() {
    replace(Optional.empty(), FIRST);

    assertThat(raise(FIRST, Set.of(0, 7, 255))).isTrue();
    assertThat(raisedSince(FIRST)).isEqualTo(Set.of(0, 7, 255));
  }

  @Test
  void raise_allShards_raisesAll() {
    Set<Integer> all = IntStream.range(0, Epochs.SHARDS).boxed().collect(Collectors.toSet());
    replace(Optional.empty(), FIRST);

    assertThat(raise(FIRST, all)).isTrue();
    assertThat(raisedSince(FIRST)).isEqualTo(all);
  }

  @Test
  void raise_oneOfThemRaisedSince_doesNothing() {
    replace(Optional.empty(), FIRST);
    raise(FIRST, Set.of(7));
    FleetState before = read();

    assertThat(raise(FIRST, Set.of(7, 8))).isFalse();
    assertThat(read()).isEqualTo(before);
  }

  @Test
  void raise_othersRaisedSince_isDone() {
    replace(Optional.empty(), FIRST);
    raise(FIRST, Set.of(7));

    assertThat(raise(FIRST, Set.of(8))).isTrue();
    assertThat(raisedSince(FIRST)).isEqualTo(Set.of(7, 8));
  }

  @Test
  void raise_otherIncarnation_doesNothing() {
    replace(Optional.empty(), state("second", 10));

    assertThat(raise(FIRST, Set.of(7))).isFalse();
    assertThat(read()).isEqualTo(state("second", 10));
  }

  @Test
  void raise_nothingThere_doesNothing() {
    assertThat(raise(FIRST, Set.of(7))).isFalse();
    assertThat(store().read(scope()).join().state()).isEmpty();
  }

  @Test
  void raise_manyOfOneShardAtOnce_oneIsDone() {
    replace(Optional.empty(), FIRST);
    List<CompletableFuture<Boolean>> raises =
        IntStream.range(0, 8).mapToObj(i -> store().raise(FIRST, Set.of(3), scope())).toList();

    assertThat(raises).extracting(CompletableFuture::join).containsOnlyOnce(true);
    assertThat(raisedSince(FIRST)).isEqualTo(Set.of(3));
  }

  /** Returns the shards whose epochs grew; no other may have changed. */
  private Set<Integer> raisedSince(FleetState before) {
    List<Long> now = read().epochs().values();
    List<Long> then = before.epochs().values();
    assertThat(IntStream.range(0, Epochs.SHARDS)).allMatch(i -> now.get(i) >= then.get(i));
    return IntStream.range(0, Epochs.SHARDS)
        .filter(i -> now.get(i) > then.get(i))
        .boxed()
        .collect(Collectors.toSet());
  }

  private FleetState read() {
    return store().read(scope()).join().state().orElseThrow();
  }

  private boolean replace(Optional<String> expected, FleetState next) {
    return store().replace(expected, next, scope()).join();
  }

  private boolean raise(FleetState seen, Set<Integer> shards) {
    return store().raise(seen, shards, scope()).join();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
