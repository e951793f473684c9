package accounts.store;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.Account;
import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.Label;
import accounts.domain.Labels;
import accounts.domain.NamePrefix;
import accounts.domain.Samples;
import accounts.domain.User;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link DirectoryStore} does, and commits that change what it shows. */
public abstract class DirectoryStoreContract {

  private static final String[] NAMES = {
    "0x", "9", "Alice", "a", "alice", "alice2", "alice@example.org", "bob", "z"
  };

  /** Returns what is under test, empty at the beginning of each test. */
  protected abstract DirectoryStore directory();

  /** Returns the store of the same table. */
  protected abstract AccountStore store();

  /** Takes an account out of the directory, as if there had been none when it was created. */
  protected abstract void loseEntry(AccountKey<?> key);

  /** Puts an entry of the name of an account in the directory, as if nobody had deleted it. */
  protected abstract void leaveEntry(AccountKey<?> key);

  @Test
  void list_nobody_isEmpty() {
    assertThat(listed(AccountKind.USER, "")).isEmpty();
    assertThat(listed(AccountKind.USER, "alice")).isEmpty();
    assertThat(listed(AccountKind.ORGANIZATION, "")).isEmpty();
  }

  @Test
  void list_prefix_hasThoseThatBeginSo() {
    create("alice", "alice2", "Alice", "alic", "bob", "al");

    assertThat(listed(AccountKind.USER, "alice")).containsExactly("alice", "alice2");
    assertThat(listed(AccountKind.USER, "A")).containsExactly("Alice");
    assertThat(listed(AccountKind.USER, "carol")).isEmpty();
  }

  @Test
  void list_otherKind_isLeftOut() {
    create("alice");
    commit(new Change.Create(organization("alice-org")));
    commit(new Change.Create(organization("_")));

    assertThat(listed(AccountKind.USER, "")).containsExactly("alice");
    assertThat(listed(AccountKind.ORGANIZATION, "")).containsExactly("_", "alice-org");
    assertThat(listed(AccountKind.ORGANIZATION, "alice-")).containsExactly("alice-org");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9, 10, 11, 100})
  void list_pages_haveAllInOrderAndOnce(int size) {
    create(NAMES);

    assertThat(pages(AccountKind.USER, "", size)).containsExactly(NAMES);
    assertThat(pages(AccountKind.USER, "alice", size))
        .containsExactly("alice", "alice2", "alice@example.org");
  }

  private List<String> pages(AccountKind kind, String prefix, int size) {
    return pages(kind, prefix, Optional.empty(), size);
  }

  private List<String> pages(AccountKind kind, String prefix, Optional<Label> label, int size) {
    Stream.Builder<String> names = Stream.builder();
    Optional<AccountKey<?>> after = Optional.empty();
    DirectoryPage page;
    do {
      page =
          new DirectoryPages(directory())
              .list(new DirectoryQuery(new NamePrefix(kind, prefix), label, after, size), scope())
              .join();
      page.keys().forEach(key -> names.add(key.name()));
      assertThat(page.keys()).hasSizeLessThanOrEqualTo(size);
      assertThat(page.more() && page.keys().size() < size).isFalse();
      after = page.keys().stream().reduce((first, last) -> last);
    } while (page.more());
    return names.build().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void list_label_hasThoseThatHaveItInOrderAndOnce(int size) {
    create("alice", "alice2", "bob", "z");
    for (String name : List.of("z", "alice2", "alice")) {
      label(user(name), "free");
    }
    commit(new Change.Create(organization("alice-org")));

    assertThat(labelled("", "free", size)).containsExactly("alice", "alice2", "z");
    assertThat(labelled("alice", "free", size)).containsExactly("alice", "alice2");
    assertThat(labelled("", "paid", size)).isEmpty();
    assertThat(pages(AccountKind.ORGANIZATION, "", Optional.of(plan("free")), size)).isEmpty();
  }

  @Test
  void list_labelChanged_isUnderTheNewOneOnly() {
    create("alice");
    User free = label(user("alice"), "free");
    assertThat(labelled("", "free", 100)).containsExactly("alice");

    User paid = label(free, "paid");
    assertThat(labelled("", "free", 100)).isEmpty();
    assertThat(labelled("", "paid", 100)).containsExactly("alice");

    commit(new Change.Replace(Samples.labelled(paid, Labels.NONE), paid.labels()));
    assertThat(labelled("", "paid", 100)).isEmpty();
    assertThat(listed(AccountKind.USER, "")).containsExactly("alice");
  }

  @Test
  void list_labelOfDeleted_isLeftOutUntilItIsRestored() {
    create("alice");
    User deleting = label(user("alice"), "free").deleting(true, CHANGED);
    commit(new Change.Replace(deleting));
    assertThat(labelled("", "free", 100)).containsExactly("alice");

    User ended = deleting.deleting(false, CHANGED);
    commit(new Change.End(ended, CHANGED.plusSeconds(60)));
    assertThat(labelled("", "free", 100)).isEmpty();

    commit(new Change.Restore(ended.deleting(false, CHANGED)));
    assertThat(labelled("", "free", 100)).containsExactly("alice");
  }

  // The most entries that one change has: DynamoDB takes 100 items in a transaction.
  @Test
  void list_allLabelsChanged_areUnderTheNewOnes() {
    Map<String, String> before = new HashMap<>();
    Map<String, String> after = new HashMap<>();
    for (int i = 0; i < Labels.MOST; i++) {
      before.put("k" + i, "before");
      after.put("k" + i, "after");
    }
    create("alice");
    User old = Samples.labelled(user("alice"), Labels.of(before));
    commit(new Change.Replace(old, Labels.NONE));
    commit(new Change.Replace(Samples.labelled(old, Labels.of(after)), old.labels()));

    assertThat(pages(AccountKind.USER, "", Optional.of(new Label("k31", "before")), 1)).isEmpty();
    assertThat(pages(AccountKind.USER, "", Optional.of(new Label("k31", "after")), 1))
        .containsExactly("alice");
  }

  private User label(User before, String plan) {
    User after = Samples.labelled(before, Labels.of(Map.of("plan", plan)));
    commit(new Change.Replace(after, before.labels()));
    return after;
  }

  private static Label plan(String value) {
    return new Label("plan", value);
  }

  private List<String> labelled(String prefix, String plan, int size) {
    return pages(AccountKind.USER, prefix, Optional.of(plan(plan)), size);
  }

  @Test
  void list_deleted_isLeftOutUntilItIsRestored() {
    create("alice");
    User deleting = user("alice").deleting(true, CHANGED);
    commit(new Change.Replace(deleting));
    assertThat(listed(AccountKind.USER, "")).containsExactly("alice");

    User ended = deleting.deleting(false, CHANGED);
    commit(new Change.End(ended, CHANGED.plusSeconds(60)));
    assertThat(listed(AccountKind.USER, "")).isEmpty();

    commit(new Change.Restore(ended.deleting(false, CHANGED)));
    assertThat(listed(AccountKind.USER, "")).containsExactly("alice");
  }

  @Test
  void named_someAreGone_areLeftOut() {
    create("alice", "carol");
    List<AccountKey<?>> keys = List.of(user("carol").key(), user("bob").key(), user("alice").key());

    assertThat(directory().named(keys, scope()).join())
        .containsExactly(user("carol"), user("alice"));
  }

  // Left by an instance of a version without the directory that ended the account.
  @Test
  void list_entryLeftByADeletion_isGoneWhenTheUserIsErased() {
    create("alice");
    User deleting = user("alice").deleting(true, CHANGED);
    commit(new Change.Replace(deleting));
    User ended = deleting.deleting(false, CHANGED);
    commit(new Change.End(ended, CHANGED.plusSeconds(60)));
    leaveEntry(ended.key());
    assertThat(listed(AccountKind.USER, "")).containsExactly("alice");

    commit(
        new Change.Erase(
            ended.username(), ended.revision().next(), CHANGED.plusSeconds(60), CHANGED));

    assertThat(listed(AccountKind.USER, "")).isEmpty();
  }

  @Test
  void missing_someHaveNoEntry_areThose() {
    create("alice", "bob");
    commit(new Change.Create(organization("org")));
    loseEntry(user("bob").key());
    loseEntry(organization("org").key());

    assertThat(missing(user("alice"), user("bob"), organization("org")))
        .containsExactlyInAnyOrder(user("bob"), organization("org"));
    assertThat(missing()).isEmpty();
  }

  @Test
  void enter_asSeen_isListed() {
    create("alice");
    loseEntry(user("alice").key());

    assertThat(enter(user("alice"))).isTrue();

    assertThat(listed(AccountKind.USER, "")).containsExactly("alice");
    assertThat(missing(user("alice"))).isEmpty();
    assertThat(enter(user("alice"))).isTrue();
  }

  // A deletion that was acknowledged meanwhile must not be undone in lists.
  @Test
  void enter_changedOrGoneMeanwhile_isNotEntered() {
    create("alice");
    loseEntry(user("alice").key());
    User deleting = user("alice").deleting(true, CHANGED);
    commit(new Change.Replace(deleting));

    assertThat(enter(user("alice"))).isFalse();
    User ended = deleting.deleting(false, CHANGED);
    commit(new Change.End(ended, CHANGED.plusSeconds(60)));
    assertThat(enter(deleting)).isFalse();
    assertThat(enter(ended)).isFalse();
    assertThat(listed(AccountKind.USER, "")).isEmpty();
  }

  @Test
  void round_steps_areAsTheyWereNoted() {
    assertThat(round()).isEqualTo(DirectoryRound.NONE);
    DirectoryRound begun = DirectoryRound.NONE.at(Optional.empty());
    DirectoryRound further = begun.at(Optional.of(new ScanPosition("USER#alice", "USER#alice")));
    DirectoryRound found = further.finding().at(further.position());
    DirectoryRound over = found.over(Instant.parse("2026-03-01T00:00:00.120Z"));

    for (DirectoryRound next : List.of(begun, further, found, over)) {
      assertThat(directory().advance(round(), next, scope()).join()).isTrue();
      assertThat(round()).isEqualTo(next);
    }
  }

  @Test
  void advance_somebodyElseDid_changesNothing() {
    DirectoryRound begun = DirectoryRound.NONE.at(Optional.empty());
    assertThat(directory().advance(DirectoryRound.NONE, begun, scope()).join()).isTrue();

    assertThat(directory().advance(DirectoryRound.NONE, begun, scope()).join()).isFalse();
    DirectoryRound stale = begun.at(Optional.empty());
    assertThat(directory().advance(stale, stale.over(CHANGED), scope()).join()).isFalse();
    assertThat(round()).isEqualTo(begun);
  }

  private DirectoryRound round() {
    return directory().round(scope()).join();
  }

  private boolean enter(Account account) {
    return directory().enter(account, scope()).join();
  }

  private List<Account> missing(Account... accounts) {
    return directory().missing(List.of(accounts), scope()).join();
  }

  private List<String> listed(AccountKind kind, String prefix) {
    return pages(kind, prefix, 100);
  }

  private void create(String... usernames) {
    Stream.of(usernames).forEach(name -> commit(new Change.Create(user(name))));
  }

  private void commit(Change change) {
    assertThat(
            store()
                .commit(new Commit(List.of(change), Optional.empty(), List.of()), scope())
                .join())
        .isEqualTo(new CommitResult.Committed());
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
