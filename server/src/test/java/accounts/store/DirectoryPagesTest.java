package accounts.store;

import static accounts.domain.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.NamePrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DirectoryPagesTest {

  private final CallScope scope = CallScope.of(Duration.ofSeconds(20));
  private final Slow slow = new Slow();
  private final AdmissionQueue queue = AdmissionQueue.fixed("queue", 8, 0);
  private final DirectoryPages pages = new DirectoryPages(new BoundedDirectoryStore(slow, queue));

  /** Answers when it is told to. */
  private static final class Slow extends ForwardingDirectoryStore {

    private final List<DirectoryQuery> queries = new ArrayList<>();
    private List<CompletableFuture<DirectoryPage>> open = new ArrayList<>();

    Slow() {
      super(new InMemoryAccountStore());
    }

    @Override
    public CompletableFuture<DirectoryPage> list(DirectoryQuery query, CallScope scope) {
      CompletableFuture<DirectoryPage> page = new CompletableFuture<>();
      queries.add(query);
      open.add(page);
      return page;
    }

    void answer(AccountKey<?>... names) {
      List<CompletableFuture<DirectoryPage>> answered = open;
      open = new ArrayList<>();
      answered.forEach(page -> page.complete(new DirectoryPage(List.of(names), false)));
    }
  }

  @Test
  void list_withoutPrefix_readsOneCharacterThenEightAtOnceEachOnAPlaceOfItsOwn() {
    CompletableFuture<DirectoryPage> list = pages.list(all(2), scope);
    assertThat(queue.running()).isEqualTo(1);

    slow.answer();
    assertThat(queue.running()).isEqualTo(8);
    assertThat(slow.queries)
        .extracting(query -> query.prefix().text())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8");
    assertThat(list).isNotDone();
  }

  @Test
  void list_pageIsFull_readsNoFurther() {
    CompletableFuture<DirectoryPage> list = pages.list(all(2), scope);

    slow.answer(user("0a").key(), user("0b").key(), user("0c").key());

    assertThat(list)
        .isCompletedWithValue(new DirectoryPage(List.of(user("0a").key(), user("0b").key()), true));
    assertThat(slow.queries).hasSize(1);
  }

  @Test
  void list_callerGoneAmidIt_readsNoFurther() {
    CompletableFuture<DirectoryPage> list = pages.list(all(2), scope);

    scope.cancel();
    slow.answer();

    assertThat(list).isCompletedExceptionally();
    assertThat(slow.queries).hasSize(1);
  }

  private static DirectoryQuery all(int limit) {
    return new DirectoryQuery(
        new NamePrefix(AccountKind.USER, ""), Optional.empty(), Optional.empty(), limit);
  }
}
