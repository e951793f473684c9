package accounts.store;

import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.UserState;
import accounts.store.AuditEntry.Action;
import accounts.store.AuditQuery.OfOrganization;
import accounts.store.AuditQuery.OfUser;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of the contract of {@link AccountStore} that is about the audit trail. */
abstract class AuditContract {

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06.789Z");
  private static final Origin NOBODY =
      new Origin(Optional.empty(), Optional.empty(), Optional.empty());
  private static final Origin SOMEBODY =
      new Origin(
          Optional.of("https://login.example.com u-1"),
          Optional.of(username("olivia")),
          Optional.of(RequestId.of("123e4567-e89b-12d3-a456-426614174999")));

  /** Returns the store under test, empty at the beginning of each test. */
  protected abstract AccountStore store();

  @Test
  void listChanges_userUpdated_isWhatWasCommitted() {
    AuditEntry entry =
        new AuditEntry(
            userKey("alice"),
            Action.UPDATED,
            new Revision(7),
            now,
            SOMEBODY,
            List.of("first_name", "last_name"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    record(entry);

    assertThat(list(ofUser("alice", 10))).isEqualTo(new AuditPage(List.of(entry), false));
  }

  @Test
  void listChanges_userSuspended_isWhatWasCommitted() {
    AuditEntry entry =
        new AuditEntry(
            userKey("alice"),
            Action.UPDATED,
            new Revision(7),
            now,
            NOBODY,
            List.of("state"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(UserState.SUSPENDED));
    record(entry);

    assertThat(list(ofUser("alice", 10))).isEqualTo(new AuditPage(List.of(entry), false));
  }

  @Test
  void listChanges_organizationCreated_isWhatWasCommitted() {
    AuditEntry entry = entry(organizationKey("org"), 1, now);
    record(entry);

    assertThat(list(ofOrganization("org", 10))).isEqualTo(new AuditPage(List.of(entry), false));
  }

  @Test
  void listChanges_membershipRemoved_isInBothTrails() {
    AuditEntry entry =
        new AuditEntry(
            membershipKey("org", "alice"),
            Action.REMOVED,
            new Revision(2),
            now,
            SOMEBODY,
            List.of(),
            Optional.of(Role.ADMIN),
            Optional.empty(),
            Optional.empty());
    record(entry);

    assertThat(list(ofOrganization("org", 10)).entries()).containsExactly(entry);
    assertThat(list(ofUser("alice", 10)).entries()).containsExactly(entry);
  }

  @Test
  void listChanges_nothingRecorded_isEmpty() {
    record(entry(userKey("ab"), 1, now), entry(organizationKey("a"), 1, now));

    assertThat(list(ofUser("a", 10))).isEqualTo(new AuditPage(List.of(), false));
    assertThat(list(ofOrganization("ab", 10))).isEqualTo(new AuditPage(List.of(), false));
  }

  @Test
  void listChanges_conflict_hasNoEntry() {
    Change alice = new Change.Create(user("alice"));
    commit(new Commit(List.of(alice), Optional.empty(), List.of()));

    assertThat(
            commit(
                new Commit(
                    List.of(alice), Optional.empty(), List.of(entry(userKey("alice"), 1, now)))))
        .isEqualTo(new CommitResult.Conflict(List.of(alice)));
    assertThat(list(ofUser("alice", 10)).entries()).isEmpty();
  }

  @Test
  void listChanges_repeatedRequest_hasTheFirstEntriesOnly() {
    RequestRecord request =
        new RequestRecord(
            SOMEBODY.requestId().orElseThrow(), "content", new Outcome.Done(List.of()));
    AuditEntry first = entry(userKey("alice"), 1, now);
    commit(new Commit(List.of(), Optional.of(request), List.of(first)));

    assertThat(
            commit(
                new Commit(
                    List.of(), Optional.of(request), List.of(entry(userKey("alice"), 2, now)))))
        .isEqualTo(new CommitResult.Repeated(request));
    assertThat(list(ofUser("alice", 10)).entries()).containsExactly(first);
  }

  @Test
  void listChanges_ofOrganization_isItselfThenMembersByNameEachByRevision() {
    List<AuditEntry> trail =
        List.of(
            entry(organizationKey("org"), 1, now),
            entry(organizationKey("org"), 2, now.minusSeconds(5)),
            entry(membershipKey("org", "Z"), 1, now),
            entry(membershipKey("org", "a"), 9, now),
            entry(membershipKey("org", "a"), 10, now.minusSeconds(5)),
            entry(membershipKey("org", "a"), 100, now),
            entry(membershipKey("org", "a+b"), 1, now),
            entry(membershipKey("org", "ab"), 1, now));
    recordBackwards(trail);
    record(entry(membershipKey("org-2", "a"), 1, now), entry(userKey("a"), 1, now));

    assertThat(list(ofOrganization("org", 50)).entries()).isEqualTo(trail);
  }

  @Test
  void listChanges_ofUser_isItselfThenMembershipsByNameEachByRevision() {
    List<AuditEntry> trail =
        List.of(
            entry(userKey("alice"), 1, now),
            entry(userKey("alice"), 2, now),
            entry(membershipKey("a", "alice"), 1, now),
            entry(membershipKey("a", "alice"), 2, now),
            entry(membershipKey("a-b", "alice"), 1, now),
            entry(membershipKey("b", "alice"), 1, now));
    recordBackwards(trail);
    record(entry(membershipKey("a", "alice2"), 1, now));

    assertThat(list(ofUser("alice", 50)).entries()).isEqualTo(trail);
  }

  @Test
  void listChanges_pageByPage_hasEachOnce() {
    List<AuditEntry> trail = new ArrayList<>();
    for (EntityKey<?> key :
        List.of(organizationKey("org"), membershipKey("org", "a"), membershipKey("org", "b"))) {
      IntStream.rangeClosed(1, 5).forEach(i -> trail.add(entry(key, i, now)));
    }
    recordBackwards(trail);

    assertThat(allPages(after -> new OfOrganization(organizationName("org"), after, 2)))
        .isEqualTo(trail);
    assertThat(allPages(after -> new OfUser(username("b"), after, 3)))
        .isEqualTo(trail.subList(10, 15));
  }

  private List<AuditEntry> allPages(Function<Optional<AuditPosition>, AuditQuery> pageAfter) {
    List<AuditEntry> all = new ArrayList<>();
    AuditPage page = list(pageAfter.apply(Optional.empty()));
    all.addAll(page.entries());
    while (page.more()) {
      page = list(pageAfter.apply(Optional.of(page.entries().getLast().position())));
      all.addAll(page.entries());
    }
    return all;
  }

  @Test
  void listChanges_exactlyOnePageThere_hasNoMore() {
    record(entry(userKey("alice"), 1, now), entry(userKey("alice"), 2, now));

    assertThat(list(ofUser("alice", 2)).more()).isFalse();
    assertThat(list(ofUser("alice", 1)).more()).isTrue();
  }

  @Test
  void listChanges_afterAPositionWithoutEntry_goesOnBehindIt() {
    AuditEntry third = entry(userKey("alice"), 3, now);
    record(entry(userKey("alice"), 1, now), third);

    assertThat(
            list(new OfUser(
                    username("alice"),
                    Optional.of(new AuditPosition(userKey("alice"), new Revision(2))),
                    10))
                .entries())
        .containsExactly(third);
  }

  // DynamoDB removes what has expired days later.
  @Test
  void listChanges_retentionOver_isLeftOutAndThePageFull() {
    AuditEntry kept = entry(membershipKey("org", "z"), 1, now);
    List<AuditEntry> expired =
        IntStream.rangeClosed(1, 130)
            .mapToObj(i -> entry(organizationKey("org"), i, LONG_AGO))
            .toList();
    recordBackwards(expired);
    record(kept);

    assertThat(list(ofOrganization("org", 1))).isEqualTo(new AuditPage(List.of(kept), false));
  }

  private static AuditEntry entry(EntityKey<?> key, long revision, Instant time) {
    return new AuditEntry(
        key,
        Action.CREATED,
        new Revision(revision),
        time,
        NOBODY,
        List.of(),
        Optional.empty(),
        Optional.of(Role.MEMBER),
        Optional.empty());
  }

  private void recordBackwards(List<AuditEntry> entries) {
    for (int to = entries.size(); to > 0; to -= 25) {
      record(entries.subList(Math.max(0, to - 25), to).reversed().toArray(AuditEntry[]::new));
    }
  }

  private void record(AuditEntry... entries) {
    assertThat(commit(new Commit(List.of(), Optional.empty(), Arrays.asList(entries))))
        .isEqualTo(new CommitResult.Committed());
  }

  private CommitResult commit(Commit commit) {
    return store().commit(commit, scope()).join();
  }

  private AuditPage list(AuditQuery query) {
    return store().listChanges(query, scope()).join();
  }

  private static AuditQuery ofUser(String user, int limit) {
    return new OfUser(username(user), Optional.empty(), limit);
  }

  private static AuditQuery ofOrganization(String organization, int limit) {
    return new OfOrganization(organizationName(organization), Optional.empty(), limit);
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
