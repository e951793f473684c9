package accounts.cache;

import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.User;
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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands want a key at once that the cache does not have. */
@Timeout(60)
final class HerdTest {

  private static final int READERS = 1_000;
  private static final int INSTANCES = 4;
  private static final EntityKey<User> KEY = userKey("alice");

  private final InMemoryAccountCache memory = new InMemoryAccountCache();
  private final RecordingAccountCache cache = new RecordingAccountCache(memory);
  private final RecordingAccountStore store = new RecordingAccountStore(new InMemoryAccountStore());
  private final CompletableFuture<Void> gate = new CompletableFuture<>();
  private final PausedTimer timer = new PausedTimer();
  private final List<AccountReads> instances =
      Stream.generate(
              () -> (AccountReads) new ReadSide(cache, store, System::nanoTime, timer).reads)
          .limit(INSTANCES)
          .toList();

  /** Nobody looks again before the gate opens, however slow the machine is. */
  private final class PausedTimer extends ScheduledThreadPoolExecutor {

    PausedTimer() {
      super(1);
    }

    @Override
    public void execute(Runnable command) {
      var unused = gate.thenRun(() -> super.execute(command));
    }
  }

  @BeforeEach
  void createTheUser() {
    assertThat(
            store
                .commit(
                    new Commit(List.of(new Change.Create(user("alice"))), Optional.empty()),
                    scope())
                .join())
        .isEqualTo(new CommitResult.Committed());
  }

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  @Test
  void getAll_coldKeyWithoutGeneration_isOneReadOfTheStore() throws InterruptedException {
    herd();

    assertThat(store.reads).hasSize(1);
  }

  @Test
  void getAll_coldKeyWithGeneration_isOneReadOfTheStore() throws InterruptedException {
    memory.start(KEY, Stamp.NONE, scope()).join();
    herd();

    assertThat(store.reads).hasSize(1);
  }

  @Test
  void getAll_leasesUnavailable_isAtMostOneReadByInstance() throws InterruptedException {
    memory.start(KEY, Stamp.NONE, scope()).join();
    cache.withoutLeases = true;
    herd();

    assertThat(store.reads).hasSizeBetween(1, INSTANCES);
  }

  // The winner dies: the others wait for it within bounds, and then help themselves.
  @Test
  void getAll_winnerNeverFills_isAtMostOneReadByInstanceAtATime() throws InterruptedException {
    Advance.Alone start = (Advance.Alone) memory.start(KEY, Stamp.NONE, scope()).join();
    assertThat(memory.lease(KEY, start.stamp(), scope()).join()).isEqualTo(LeaseAnswer.WON);
    herd();

    assertThat(store.reads).hasSizeBetween(1, INSTANCES);
  }

  /** All at once; the store answers when all have asked. */
  private void herd() throws InterruptedException {
    store.readsGate = gate;
    CountDownLatch asked = new CountDownLatch(READERS);
    List<CompletableFuture<Readings>> reads = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < READERS; i++) {
        AccountReads instance = instances.get(i % INSTANCES);
        threads.execute(() -> {
          reads.add(instance.getAll(List.of(KEY), ReadOptions.DEFAULT, scope()));
          asked.countDown();
        });
      }
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    }
    gate.complete(null);

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
