package accounts.store;

import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class BoundedDeletionStoreTest extends DeletionStoreContract {

  private static final OpenDeletion NOTED =
      OpenDeletion.begun(
          new Deletion(
              userKey("alice"),
              false,
              new Origin(Optional.empty(), Optional.empty(), Optional.empty()),
              Optional.empty()));

  private final InMemoryAccountStore below = new InMemoryAccountStore();
  private final AdmissionQueue queue =
      AdmissionQueue.adaptive("queue", 1, 1, 0, Duration.ofSeconds(2), System::nanoTime);
  private final DeletionStore bounded = new BoundedDeletionStore(below, queue);

  @Override
  protected DeletionStore deletions() {
    return bounded;
  }

  @Override
  protected AccountStore store() {
    return below;
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }

  private List<CompletableFuture<?>> reads() {
    return List.of(
        bounded.find(userKey("alice"), scope()),
        bounded.open(10, scope()),
        bounded.kept(userKey("alice"), scope()),
        bounded.withOneOwner(List.of(organizationName("acme")), scope()));
  }

  private void note() {
    var unused =
        below
            .commit(
                new Commit(
                    List.of(
                        new Change.Create(user("alice")),
                        new Change.NoteDeletion(NOTED.deletion())),
                    Optional.empty(),
                    List.of()),
                scope())
            .join();
  }

  @Test
  void reads_room_areDone() {
    note();

    assertThat(bounded.find(userKey("alice"), scope()).join()).contains(NOTED);
    assertThat(reads()).allSatisfy(read -> assertThat(read).isCompleted());
  }

  @Test
  void reads_noRoom_areShed() {
    var unused = queue.admit(scope(), own -> new CompletableFuture<Void>());

    assertThat(reads())
        .allSatisfy(read ->
            assertThat(read)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                    AccountException.class,
                    refusal -> assertThat(refusal.error()).isInstanceOf(Overloaded.class)));
  }

  @Test
  void writes_noRoom_areDone() {
    note();
    var unused = queue.admit(scope(), own -> new CompletableFuture<Void>());

    OpenDeletion taken = bounded.claim(NOTED, true, scope()).join().orElseThrow();
    assertThat(bounded.forgetRequests(username("alice"), scope())).isCompleted();
    assertThat(bounded.forgetInvitations(username("alice"), scope())).isCompleted();
    assertThat(bounded.drop(taken, scope())).isCompleted();
    assertThat(below.find(userKey("alice"), scope()).join()).isEmpty();
  }
}
