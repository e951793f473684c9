package accounts.service;

import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.AccountKind;
import accounts.domain.NamePrefix;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.DirectoryPage;
import accounts.store.DirectoryQuery;
import accounts.store.DirectoryRound;
import accounts.store.ForwardingDirectoryStore;
import accounts.store.InMemoryAccountStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AccountListsTest {

  private final CallScope scope = CallScope.of(Duration.ofSeconds(20));
  private final InMemoryAccountStore store = new InMemoryAccountStore();

  @Test
  void list_searchEndsBehindTheNames_isIncomplete() {
    create("alice");
    store.loseEntry(userKey("alice"));
    AccountLists lists = new AccountLists(new EndingBehindTheNames());

    AccountLists.Page page = lists.list(all(), scope).join();

    assertThat(page.accounts()).isEmpty();
    assertThat(page.incomplete()).isTrue();
  }

  @Test
  void list_searchHasEnded_isComplete() {
    create("alice");
    end();

    AccountLists.Page page = new AccountLists(store).list(all(), scope).join();

    assertThat(page.accounts()).containsExactly(user("alice"));
    assertThat(page.incomplete()).isFalse();
  }

  /** Reads the names, then ends the search, then answers. */
  private final class EndingBehindTheNames extends ForwardingDirectoryStore {

    EndingBehindTheNames() {
      super(store);
    }

    @Override
    public CompletableFuture<DirectoryPage> list(DirectoryQuery query, CallScope scope) {
      DirectoryPage page = super.list(query, scope).join();
      end();
      return CompletableFuture.completedFuture(page);
    }
  }

  private void end() {
    DirectoryRound before = store.round(scope).join();
    DirectoryRound over = before.over(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(store.advance(before, over, scope).join()).isTrue();
  }

  private void create(String username) {
    var unused =
        store
            .commit(
                new Commit(List.of(new Change.Create(user(username))), Optional.empty(), List.of()),
                scope)
            .join();
  }

  private static DirectoryQuery all() {
    return new DirectoryQuery(
        new NamePrefix(AccountKind.USER, "a"), Optional.empty(), Optional.empty(), 10);
  }
}
