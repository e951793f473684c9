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
  private static final EntityKey<User> KEY = userKey("alice");
  private static final MembershipQuery LIST =
      new MembershipQuery.OfUser(username("alice"), Optional.empty(), 10);

  private final RecordingAccountStore below = new RecordingAccountStore(new InMemoryAccountStore());
  private final AccountStore store = new BoundedStore(below, READS);
  private final CompletableFuture<Void> gate = new CompletableFuture<>();

  @Test
  void read_withinTheBudget_passes() {
    for (int i = 0; i < 10 * READS; i++) {
      assertThat(read(scope())).isCompleted();
    }
  }

  @Test
  void read_beyondTheBudget_isRefusedAtOnceAndNeverReachesTheStore() {
    List<CompletableFuture<Lookups>> running = fill();

    assertOverloaded(read(scope()));
    assertOverloaded(store.list(LIST, scope()));
    assertThat(below.reads).hasSize(READS);
    gate.complete(null);
    assertThat(running).allSatisfy(read -> assertThat(read).isCompleted());
    assertThat(read(scope())).isCompleted();
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

    assertOverloaded(read(scope()));
    gate.complete(null);
    assertThat(read(scope())).isCompleted();
  }

  @Test
  void commitAndSnapshot_readsBeyondTheBudget_pass() {
    fill();

    assertThat(store.snapshot(List.of(KEY), Optional.empty(), scope())).isCompleted();
    assertThat(
            store.commit(
                new Commit(List.of(new Change.Create(user("alice"))), Optional.empty()), scope()))
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
