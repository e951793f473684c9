package accounts.store;

import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.domain.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BoundedStoreTest {

  private static final int READS = 3;
  private static final int LEAST = 4;
  private static final int MOST = 48;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int WAITING = 2;
  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final EntityKey<User> KEY = userKey("alice");
  private static final MembershipQuery LIST =
      new MembershipQuery.OfUser(username("alice"), Optional.empty(), 10);

  private int startedAtOnce;
  private long nanos;
  private final RecordingAccountStore below = new RecordingAccountStore(new InMemoryAccountStore());
  private final AdmissionQueue queue =
      AdmissionQueue.adaptive("queue", READS, READS, WAITING, SLOW, () -> nanos);
  private final BoundedStore store = new BoundedStore(below, queue);
  private final CompletableFuture<Void> gate = new CompletableFuture<>();

  @Test
  void read_withinTheBudget_passes() {
    for (int i = 0; i < 10 * READS; i++) {
      assertThat(read(scope())).isCompleted();
    }
  }

  @Test
  void readAndList_beyondTheReads_waitForAPlace() {
    List<CompletableFuture<Lookups>> running = fill();
    CompletableFuture<Lookups> read = read(scope());
    CompletableFuture<MembershipPage> list = store.list(LIST, scope());

    assertThat(List.of(read, list)).noneMatch(CompletableFuture::isDone);
    assertThat(below.reads).hasSize(READS);
    assertThat(queue.waiting()).isEqualTo(2);
    gate.complete(null);
    assertThat(running).allSatisfy(first -> assertThat(first).isCompleted());
    assertThat(read).isCompleted();
    assertThat(list).isCompleted();
  }

  @Test
  void read_beyondTheWaiting_isShedAtOnceAndNeverReachesTheStore() {
    fill();
    List<CompletableFuture<Lookups>> waiting = List.of(read(scope()), read(scope()));

    assertOverloaded(read(scope()));
    assertOverloaded(store.list(LIST, scope()));
    gate.complete(null);
    assertThat(waiting).allSatisfy(read -> assertThat(read).isCompleted());
    assertThat(below.reads).hasSize(READS + WAITING);
  }

  // With the cache gone, 152 of these were refused.
  @Test
  void read_200KeysAtOnce_areAllAnswered() {
    BoundedStore usual = usual();
    below.readsGate = gate;
    List<CompletableFuture<Lookups>> reads =
        IntStream.range(0, 200)
            .mapToObj(i -> usual.read(List.of(userKey("user-" + i)), scope()))
            .toList();

    assertThat(reads).noneMatch(CompletableFuture::isDone);
    assertThat(below.reads).hasSize(LEAST);
    gate.complete(null);
    assertThat(reads).allSatisfy(read -> assertThat(read).isCompleted());
    assertThat(below.reads).doesNotHaveDuplicates().hasSize(200);
  }

  // As many as ever would all time out, for as long as the load lasts.
  @Test
  void read_storeFails_fewerRunAtOnceUntilItSucceeds() {
    BoundedStore usual = usual();
    for (int i = 0; i < 30; i++) {
      rush(usual, LONG).completeExceptionally(unavailable());
    }
    rush(usual, LONG).complete(null);
    int afterFailures = startedAtOnce;
    succeed(usual);

    assertThat(afterFailures).isEqualTo(LEAST);
    assertThat(startedAtOnce).isEqualTo(MOST);
  }

  @Test
  void read_storeIsSlow_fewerRunAtOnce() {
    BoundedStore usual = usual();
    succeed(usual);
    for (int i = 0; i < 30; i++) {
      CompletableFuture<Void> end = rush(usual, LONG);
      nanos += SLOW.plusMillis(1).toNanos();
      end.complete(null);
    }
    rush(usual, LONG).complete(null);

    assertThat(startedAtOnce).isEqualTo(LEAST);
  }

  // Otherwise impossible requests would take the places of all others.
  @Test
  void read_failsForWantOfItsCallersTime_takesNoPlaceFromOthers() {
    BoundedStore usual = usual();
    succeed(usual);
    for (int i = 0; i < 30; i++) {
      rush(usual, SLOW.minusMillis(1)).completeExceptionally(unavailable());
    }
    rush(usual, LONG).complete(null);

    assertThat(startedAtOnce).isEqualTo(MOST);
  }

  private BoundedStore usual() {
    return new BoundedStore(
        below, AdmissionQueue.adaptive("queue", LEAST, MOST, 16 * MOST, SLOW, () -> nanos));
  }

  private void succeed(BoundedStore usual) {
    for (int i = 0; i < 10; i++) {
      rush(usual, LONG).complete(null);
    }
  }

  /**
   * Asks for more reads than may run, and notes how many do.
   *
   * @return when it is complete they end
   */
  private CompletableFuture<Void> rush(BoundedStore usual, Duration callersTime) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    below.readsGate = end;
    below.reads.clear();
    for (int i = 0; i < 2 * MOST; i++) {
      var unused = usual.read(List.of(KEY), CallScope.of(callersTime));
    }
    startedAtOnce = below.reads.size();
    return end;
  }

  private static AccountException unavailable() {
    return new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1)));
  }

  @Test
  void read_failedBefore_givesItsPlaceBack() {
    below.readsGate =
        CompletableFuture.failedFuture(
            new AccountException(new AccountError.StoreUnavailable(Duration.ofSeconds(1))));
    for (int i = 0; i < 2 * READS; i++) {
      assertThat(read(scope())).isCompletedExceptionally();
    }
    below.readsGate = CompletableFuture.completedFuture(null);

    assertThat(read(scope())).isCompleted();
  }

  @Test
  void read_callerGone_givesItsPlaceBack() {
    CallScope gone = scope();
    gone.cancel();
    for (int i = 0; i < 2 * READS; i++) {
      assertThat(read(gone)).isCompletedExceptionally();
    }

    assertThat(read(scope())).isCompleted();
  }

  // The work is still being done: only its end makes room.
  @Test
  void read_resultCancelled_keepsItsPlaceUntilTheReadEnds() {
    fill().forEach(read -> assertThat(read.cancel(true)).isTrue());
    CompletableFuture<Lookups> next = read(scope());

    assertThat(next).isNotDone();
    gate.complete(null);
    assertThat(next).isCompleted();
  }

  @Test
  void commitAndSnapshot_readsBeyondTheBudget_pass() {
    fill();

    assertThat(store.snapshot(List.of(KEY), Optional.empty(), scope())).isCompleted();
    assertThat(
            store.commit(
                new Commit(List.of(new Change.Create(user("alice"))), Optional.empty(), List.of()),
                scope()))
        .isCompletedWithValue(new CommitResult.Committed());
  }

  private List<CompletableFuture<Lookups>> fill() {
    below.readsGate = gate;
    List<CompletableFuture<Lookups>> running =
        IntStream.range(0, READS).mapToObj(i -> read(scope())).toList();
    below.readsGate = CompletableFuture.completedFuture(null);
    assertThat(running).noneMatch(CompletableFuture::isDone);
    return running;
  }

  private CompletableFuture<Lookups> read(CallScope scope) {
    return store.read(List.of(KEY), scope);
  }

  private static void assertOverloaded(CompletableFuture<?> read) {
    assertThat(read).isCompletedExceptionally();
    assertThat(read.exceptionNow())
        .isInstanceOfSatisfying(
            AccountException.class,
            failure -> assertThat(failure.error()).isInstanceOf(AccountError.Overloaded.class));
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
