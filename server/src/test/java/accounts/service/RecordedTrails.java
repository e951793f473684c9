package accounts.service;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.RequestId;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.domain.UserState;
import accounts.service.AuditTrailTest.Answer;
import accounts.service.AuditTrailTest.Asked;
import accounts.store.AccountStore;
import accounts.store.AuditEntry;
import accounts.store.AuditPage;
import accounts.store.AuditPosition;
import accounts.store.AuditQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The trails of all users and organizations that {@link RandomMutations} names. */
final class RecordedTrails {

  private static final int PAGE = 100;

  private final List<AuditEntry> ofUsers = new ArrayList<>();
  private final List<AuditEntry> ofOrganizations = new ArrayList<>();
  private final Map<EntityKey<?>, List<AuditEntry>> byEntity;
  private final Map<RequestId, List<AuditEntry>> byRequest;

  private RecordedTrails(AccountStore store) {
    RandomMutations.USERS.forEach(
        user -> ofUsers.addAll(read(store, after -> new AuditQuery.OfUser(user, after, PAGE))));
    RandomMutations.ORGANIZATIONS.forEach(name ->
        ofOrganizations.addAll(
            read(store, after -> new AuditQuery.OfOrganization(name, after, PAGE))));
    this.byEntity = all().collect(Collectors.groupingBy(AuditEntry::entity));
    this.byRequest =
        all().collect(Collectors.groupingBy(entry -> entry.origin().requestId().orElseThrow()));
  }

  static RecordedTrails of(AccountStore store) {
    return new RecordedTrails(store);
  }

  private static List<AuditEntry> read(
      AccountStore store, Function<Optional<AuditPosition>, AuditQuery> after) {
    List<AuditEntry> entries = new ArrayList<>();
    AuditPage page = store.listChanges(after.apply(Optional.empty()), scope()).join();
    entries.addAll(page.entries());
    while (page.more()) {
      AuditPosition last = page.entries().getLast().position();
      page = store.listChanges(after.apply(Optional.of(last)), scope()).join();
      entries.addAll(page.entries());
    }
    return entries;
  }

  /** Returns the entries of users, organizations and memberships, each once, as they are listed. */
  private Stream<AuditEntry> all() {
    return Stream.concat(
        ofOrganizations.stream(), ofUsers.stream().filter(e -> e.entity() instanceof UserKey));
  }

  /**
   * @param least so many entries there must be
   */
  void assertThatBothSidesAgree(int least) {
    assertThat(memberships(ofUsers))
        .containsExactlyInAnyOrderElementsOf(memberships(ofOrganizations));
    assertThat(memberships(ofUsers).size()).isGreaterThan(least);
  }

  private static List<AuditEntry> memberships(List<AuditEntry> entries) {
    return entries.stream().filter(entry -> entry.entity() instanceof MembershipKey).toList();
  }

  void assertThatEveryRevisionHasOneEntry(AccountStore store) {
    for (EntityKey<?> key : keys()) {
      Revision current = store.read(List.of(key), scope()).join().get(key).revision();

      assertThat(byEntity.getOrDefault(key, List.of()))
          .as("entries of %s, which is at revision %s", key, current)
          .extracting(entry -> entry.revision().value())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, current.value()).boxed().toList());
    }
  }

  private static Set<EntityKey<?>> keys() {
    Set<EntityKey<?>> keys = new LinkedHashSet<>();
    RandomMutations.USERS.forEach(user -> keys.add(new UserKey(user)));
    RandomMutations.ORGANIZATIONS.forEach(name -> {
      keys.add(new OrganizationKey(name));
      RandomMutations.USERS.forEach(user -> keys.add(new MembershipKey(name, user)));
    });
    return keys;
  }

  void assertThatItIsAsAnswered(Asked asked) {
    List<AuditEntry> entries = byRequest.getOrDefault(asked.requestId(), List.of());
    assertThat(entries)
        .as("entries of %s", asked)
        .allMatch(entry -> entry.origin().equals(asked.origin()))
        .extracting(AuditEntry::entity)
        .doesNotHaveDuplicates()
        .allMatch(asked.mutation().readSet()::contains);
    switch (asked.answer()) {
      case Answer.Refused refused -> assertThat(entries).as("entries of %s", asked).isEmpty();
      case Answer.Unknown unknown -> {}
      case Answer.Done done -> assertThatItIsDone(asked, done, entries);
    }
  }

  private void assertThatItIsDone(Asked asked, Answer.Done done, List<AuditEntry> entries) {
    if (entries.isEmpty()) {
      assertThatItChangedNothing(asked, done);
      return;
    }
    assertThat(entries)
        .as("entries of %s", asked)
        .extracting(AuditEntry::position)
        .containsExactlyInAnyOrderElementsOf(
            done.entities().stream().map(RecordedTrails::position).toList());
  }

  /** The user was in the state already, or the member had the role, by somebody else's change. */
  private void assertThatItChangedNothing(Asked asked, Answer.Done done) {
    if (asked.mutation() instanceof ChangeUserState change) {
      assertThat(stateAt((User) done.entities().getFirst()))
          .as("the state that %s found", asked)
          .isEqualTo(change.state());
      return;
    }
    assertThat(asked.mutation())
        .isInstanceOfSatisfying(
            ChangeMemberRole.class,
            change ->
                assertThat(byEntity.get(done.entities().getFirst().key()))
                    .filteredOn(e -> e.position().equals(position(done.entities().getFirst())))
                    .singleElement()
                    .extracting(AuditEntry::roleAfter)
                    .isEqualTo(Optional.of(change.role())));
  }

  /** Returns the state that a user had at a revision, as the trail has it. */
  private UserState stateAt(User user) {
    return byEntity.getOrDefault(user.key(), List.of()).stream()
        .filter(entry -> !user.revision().isBefore(entry.revision()))
        .filter(entry -> entry.stateAfter().isPresent())
        .max(Comparator.comparing(AuditEntry::revision))
        .flatMap(AuditEntry::stateAfter)
        .orElse(UserState.ACTIVE);
  }

  private static AuditPosition position(Entity entity) {
    return new AuditPosition(entity.key(), entity.revision());
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(60));
  }
}
