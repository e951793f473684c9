package accounts.store;

import static accounts.domain.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.CallScope;
import accounts.domain.AccountError.Overloaded;
import accounts.domain.AccountException;
import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.NamePrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class BoundedDirectoryStoreTest extends DirectoryStoreContract {

  private final InMemoryAccountStore store = new InMemoryAccountStore();
  private final AdmissionQueue queue = AdmissionQueue.fixed("queue", 1, 0);
  private final BoundedDirectoryStore bounded = new BoundedDirectoryStore(store, queue);

  @Override
  protected DirectoryStore directory() {
    return bounded;
  }

  @Override
  protected AccountStore store() {
    return store;
  }

  @Override
  protected void loseEntry(AccountKey<?> key) {
    store.loseEntry(key);
  }

  @Override
  protected void leaveEntry(AccountKey<?> key) {
    store.leaveEntry(key);
  }

  @Test
  void reads_noPlaceLeft_areShed() {
    CallScope scope = CallScope.of(Duration.ofSeconds(20));
    CompletableFuture<Void> running = new CompletableFuture<>();
    var unused = queue.admit(scope, own -> running);
    NamePrefix all = new NamePrefix(AccountKind.USER, "");

    assertShed(() ->
        bounded.list(new DirectoryQuery(all, Optional.empty(), Optional.empty(), 1), scope).join());
    assertShed(() -> bounded.missing(List.of(user("alice")), scope).join());
    assertShed(() -> bounded.named(List.of(user("alice").key()), scope).join());
    assertShed(() -> bounded.round(scope).join());
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
