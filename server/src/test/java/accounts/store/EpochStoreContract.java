package accounts.store;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link EpochStore} does. */
public abstract class EpochStoreContract {

  /** Returns what is under test, nothing raised at the beginning of each test. */
  protected abstract EpochStore store();

  @Test
  void read_nothingRaised_isInitial() {
    assertThat(read()).isEqualTo(Epochs.INITIAL);
  }

  @Test
  void raise_someShards_raisesThemAlone() {
    raise(Set.of(0, 7, 15));
    List<Long> once = read().values();
    raise(Set.of(7));
    List<Long> twice = read().values();

    assertThat(List.of(once.get(0), once.get(7), once.get(15))).allMatch(epoch -> epoch > 0);
    assertThat(once.stream().filter(epoch -> epoch == 0)).hasSize(Epochs.SHARDS - 3);
    assertThat(twice.get(7)).isGreaterThan(once.get(7));
    assertThat(twice.get(0)).isEqualTo(once.get(0));
  }

  @Test
  void raise_allShards_raisesAll() {
    raise(IntStream.range(0, Epochs.SHARDS).boxed().collect(Collectors.toSet()));

    assertThat(read().values()).allMatch(epoch -> epoch > 0).hasSize(Epochs.SHARDS);
  }

  @Test
  void raise_manyAtOnce_eachCounts() {
    CompletableFuture.allOf(
            IntStream.range(0, 16)
                .mapToObj(i -> store().raise(Set.of(3), scope()))
                .toArray(CompletableFuture<?>[]::new))
        .join();

    assertThat(read().values().get(3)).isGreaterThanOrEqualTo(16);
  }

  private Epochs read() {
    return store().read(scope()).join();
  }

  private void raise(Set<Integer> shards) {
    store().raise(shards, scope()).join();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
