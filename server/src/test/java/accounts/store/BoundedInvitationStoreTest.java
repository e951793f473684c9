package accounts.store;

import static accounts.domain.Samples.CREATED;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.CallScope;
import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class BoundedInvitationStoreTest extends InvitationStoreContract {

  private final InMemoryAccountStore store = new InMemoryAccountStore();
  private final AdmissionQueue queue = AdmissionQueue.fixed("queue", 1, 0);
  private final BoundedInvitationStore bounded = new BoundedInvitationStore(store, queue);

  @Override
  protected InvitationStore invitations() {
    return bounded;
  }

  @Override
  protected AccountStore store() {
    return store;
  }

  @Override
  protected DeletionStore deletions() {
    return store;
  }

  @Test
  void reads_noPlaceLeft_areShed() {
    CallScope scope = CallScope.of(Duration.ofSeconds(20));
    CompletableFuture<Void> running = new CompletableFuture<>();
    var unused = queue.admit(scope, own -> running);
    InvitationQuery query = new InvitationQuery.OfUser(username("alice"), Optional.empty(), 1);

    assertShed(() -> bounded.find(membershipKey("org", "alice"), scope).join());
    assertShed(() -> bounded.list(query, CREATED, CREATED, scope).join());
    running.complete(null);
  }

  private static void assertShed(ThrowingCallable read) {
    assertThatThrownBy(read)
        .cause()
        .isInstanceOfSatisfying(
            AccountException.class,
            refused -> assertThat(refused.error()).isInstanceOf(Overloaded.class));
  }
}
