package accounts.cache;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Membership;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.store.AccountStore;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link AccountReads} does whose writers tell it what they wrote, whatever state its
 * caches are in.
 */
public abstract class AccountReadsContract {

  private static final EntityKey<User> KEY = userKey("alice");

  /** Returns what is under test. */
  protected abstract AccountReads reads();

  /** Returns the store below it, empty at the beginning of each test. */
  protected abstract AccountStore store();

  @ParameterizedTest
  @EnumSource(Consistency.class)
  void getAll_severalKeys_answersEach(Consistency consistency) {
    commit(new Change.Create(user("alice")));
    commit(new Change.Create(membership("org", "alice", Role.ADMIN)));
    ReadOptions options = new ReadOptions(consistency, Revision.NONE);
    List<EntityKey<?>> keys = List.of(KEY, membershipKey("org", "alice"), userKey("nobody"));
    for (int i = 0; i < 2; i++) {
      Readings readings = reads().getAll(keys, options, scope()).join();

      assertThat(readings.get(KEY).lookup()).isEqualTo(new Lookup.Found<>(user("alice")));
      assertThat(readings.get(membershipKey("org", "alice")).lookup())
          .isEqualTo(new Lookup.Found<>(membership("org", "alice", Role.ADMIN)));
      assertThat(readings.get(userKey("nobody")).lookup())
          .isEqualTo(new Lookup.Absent<>(Revision.NONE));
    }
  }

  @Test
  void getAll_hundredKeys_answersAll() {
    List<EntityKey<?>> keys =
        new ArrayList<>(IntStream.range(0, 100).mapToObj(i -> userKey("u" + i)).toList());
    Readings readings = reads().getAll(keys, ReadOptions.DEFAULT, scope()).join();

    assertThat(keys)
        .allSatisfy(
            key -> assertThat(readings.get(key).lookup()).isInstanceOf(Lookup.Absent.class));
  }

  @Test
  void getAll_absentThenCreated_isFound() {
    Readings seen = look(KEY);
    write(new Change.Create(user("alice")), new Lookup.Found<>(user("alice")), KEY, seen);

    assertThat(get(KEY)).isEqualTo(new Lookup.Found<>(user("alice")));
  }

  @Test
  void getAll_foundThenReplaced_isTheLatest() {
    commit(new Change.Create(user("alice")));
    User user = user("alice");
    for (int i = 0; i < 3; i++) {
      Readings seen = look(KEY);
      User next = renamed(user);
      write(new Change.Replace(next), new Lookup.Found<>(next), KEY, seen);
      user = next;

      assertThat(get(KEY)).isEqualTo(new Lookup.Found<>(user));
    }
  }

  @Test
  void getAll_foundThenRemoved_isAbsentAtTheRemoval() {
    Membership member = membership("org", "alice", Role.MEMBER);
    commit(new Change.Create(member));
    Readings seen = look(member.key());
    write(
        new Change.Remove(member.removed(CHANGED)),
        new Lookup.Absent<>(new Revision(2)),
        member.key(),
        seen);

    assertThat(get(member.key())).isEqualTo(new Lookup.Absent<>(new Revision(2)));
  }

  @Test
  void getAll_writtenFromAnOldLook_isTheLatest() {
    Readings old = look(KEY);
    write(new Change.Create(user("alice")), new Lookup.Found<>(user("alice")), KEY, look(KEY));
    User next = renamed(user("alice"));
    write(new Change.Replace(next), new Lookup.Found<>(next), KEY, old);

    assertThat(get(KEY)).isEqualTo(new Lookup.Found<>(next));
  }

  @Test
  void getAll_twoWritesToldInTheOtherOrder_isTheLatest() {
    Readings seen = look(KEY);
    User second = renamed(user("alice"));
    commit(new Change.Create(user("alice")));
    commit(new Change.Replace(second));
    tell(new Lookup.Found<>(second), KEY, seen);
    tell(new Lookup.Found<>(user("alice")), KEY, seen);

    assertThat(get(KEY)).isEqualTo(new Lookup.Found<>(second));
  }

  @Test
  void rewritten_changedUnnoticed_isTheLatest() {
    look(KEY);
    commit(new Change.Create(user("alice")));
    reads().rewritten(List.of(KEY), scope()).join();

    assertThat(get(KEY)).isEqualTo(new Lookup.Found<>(user("alice")));
  }

  private void write(Change change, Lookup<?> answer, EntityKey<?> key, Readings seen) {
    commit(change);
    tell(answer, key, seen);
  }

  private void tell(Lookup<?> answer, EntityKey<?> key, Readings seen) {
    reads().written(Map.of(key, answer), seen, scope()).join();
  }

  private void commit(Change change) {
    assertThat(store().commit(new Commit(List.of(change), Optional.empty()), scope()).join())
        .isEqualTo(new CommitResult.Committed());
  }

  private <E extends Entity> Lookup<E> get(EntityKey<E> key) {
    return look(key).get(key).lookup();
  }

  private Readings look(EntityKey<?> key) {
    return reads().getAll(List.of(key), ReadOptions.DEFAULT, scope()).join();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
