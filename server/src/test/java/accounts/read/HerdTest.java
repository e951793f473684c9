package accounts.read;

import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.ManualTimer;
import accounts.cache.Cell;
import accounts.cache.CellKey;
import accounts.cache.InMemoryCellCache;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.User;
import accounts.service.ReadOptions;
import accounts.service.ReadResults;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.InMemoryAccountStore;
import accounts.store.RecordingAccountStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands want a key at once that the cache does not have. */
@Timeout(60)
final class HerdTest {

  private static final int READERS = 1_000;
  private static final int INSTANCES = 4;
  private static final EntityKey<User> KEY = userKey("alice");

  private static final CellKey CELL = CellKey.of(ReadSide.INCARNATION, KEY);

  private final InMemoryCellCache cache = new InMemoryCellCache();
  private final RecordingAccountStore store = new RecordingAccountStore(new InMemoryAccountStore());
  private final CompletableFuture<Void> gate = new CompletableFuture<>();

  /** No reader checks again before all have asked, however slow the machine is. */
  private final ManualTimer timer = new ManualTimer();

  private final List<ReadAside> instances =
      Stream.generate(() -> new ReadSide(cache, store, System::nanoTime, timer).reads)
          .limit(INSTANCES)
          .toList();

  @BeforeEach
  void createTheUser() {
    assertThat(
            store
                .commit(
                    new Commit(
                        List.of(new Change.Create(user("alice"))), Optional.empty(), List.of()),
                    scope())
                .join())
        .isEqualTo(new CommitResult.Committed());
  }

  @Test
  void getAll_coldKey_isOneReadOfTheStore() throws InterruptedException {
    herd();

    assertThat(store.reads).hasSize(1);
  }

  @Test
  void getAll_invalidatedKey_isOneReadOfTheStore() throws InterruptedException {
    cache.put(CELL, new Cell.Invalid());
    herd();

    assertThat(store.reads).hasSize(1);
  }

  @Test
  void getAll_claimsUnanswered_isAtMostOneReadByInstanceAtATime() throws InterruptedException {
    cache.unavailable(call -> call.equals("putIfAbsent"));
    herd();

    // One load that began before most of them arrived, and one for those.
    assertThat(store.reads).hasSizeBetween(1, 2 * INSTANCES);
  }

  // The winner dies: the others wait for it within bounds, and then help themselves.
  @Test
  void getAll_winnerNeverFills_isAtMostOneReadByInstanceAtATime() throws InterruptedException {
    cache.put(CELL, new Cell.Loading());
    herd();

    // One load that began before most of them arrived, and one for those.
    assertThat(store.reads).hasSizeBetween(1, 2 * INSTANCES);
  }

  /** All at once; the store answers when all have asked. */
  private void herd() throws InterruptedException {
    store.readsGate = gate;
    CountDownLatch asked = new CountDownLatch(READERS);
    List<CompletableFuture<ReadResults>> reads = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < READERS; i++) {
        ReadAside instance = instances.get(i % INSTANCES);
        threads.execute(() -> {
          reads.add(instance.getAll(List.of(KEY), ReadOptions.DEFAULT, scope()));
          asked.countDown();
        });
      }
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    }
    gate.complete(null);
    timer.advance(Duration.ofSeconds(2));

    assertThat(reads)
        .hasSize(READERS)
        .allSatisfy(read ->
            assertThat(read.orTimeout(20, TimeUnit.SECONDS).join().get(KEY).lookup())
                .isEqualTo(new Lookup.Found<>(user("alice"))));
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(40));
  }
}
