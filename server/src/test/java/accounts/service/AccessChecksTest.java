package accounts.service;

import static accounts.domain.Samples.CHANGED;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.membershipKey;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.organizationKey;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.service.AccessDecision.Reason;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.InMemoryAccountStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alice and Bob are members of org; what is read to say so. */
final class AccessChecksTest {

  private static final AccessCheck ALICE =
      new AccessCheck(membershipKey("org", "alice"), Role.ADMIN);
  private static final AccessCheck BOB = new AccessCheck(membershipKey("org", "bob"), Role.ADMIN);

  private final InMemoryAccountStore store = new InMemoryAccountStore();
  private final CachingReader reader = new CachingReader(store);
  private final List<Set<EntityKey<?>>> reads = new ArrayList<>();
  private final List<AccessDecision> observed = new ArrayList<>();
  private final AccessChecks checks =
      new AccessChecks(
          new AccountQueries(
              (keys, options, scope) -> {
                reads.add(Set.copyOf(keys));
                return reader.getAll(keys, options, scope);
              },
              store),
          observed::add);

  @BeforeEach
  void seed() {
    commit(new Change.Create(user("alice")));
    commit(new Change.Create(user("bob")));
    commit(new Change.Create(membership("org", "alice", Role.OWNER)));
    commit(new Change.Create(membership("org", "bob", Role.MEMBER)));
  }

  @Test
  void decide_single_readsEachKeyByItself() {
    AccessDecisions answer = decide(ReadOptions.DEFAULT, ALICE);

    assertThat(answer.decisions()).extracting(AccessDecision::reason).containsExactly(Reason.ROLE);
    assertThat(reads)
        .containsExactlyInAnyOrder(Set.of(membershipKey("org", "alice")), Set.of(userKey("alice")));
  }

  @Test
  void decide_singleInACertainOrganization_readsThatToo() {
    commit(new Change.Create(organization("org")));
    AccessCheck check = ALICE.inOrganization(Optional.of(organization("org").uid()));
    AccessDecisions answer = decide(ReadOptions.DEFAULT, check);

    assertThat(answer.decisions()).extracting(AccessDecision::reason).containsExactly(Reason.ROLE);
    assertThat(reads)
        .containsExactlyInAnyOrder(
            Set.of(membershipKey("org", "alice")),
            Set.of(userKey("alice")),
            Set.of(organizationKey("org")));
  }

  @Test
  void decide_severalInCertainOrganizations_readsAllKeysAtOnce() {
    AccessCheck check = ALICE.inOrganization(Optional.of(organization("org").uid()));
    AccessDecisions answer = decide(ReadOptions.DEFAULT, check, BOB);

    assertThat(answer.decisions())
        .extracting(AccessDecision::reason)
        .containsExactly(Reason.OTHER_ORGANIZATION, Reason.ROLE_TOO_LOW);
    assertThat(reads).hasSize(1);
    assertThat(reads.getFirst()).hasSize(5);
  }

  @Test
  void decide_several_readsAllKeysAtOnceAndEachOnce() {
    AccessDecisions answer = decide(ReadOptions.DEFAULT, ALICE, BOB, ALICE);

    assertThat(answer.decisions())
        .extracting(AccessDecision::reason)
        .containsExactly(Reason.ROLE, Reason.ROLE_TOO_LOW, Reason.ROLE);
    assertThat(reads)
        .containsExactly(
            Set.of(
                membershipKey("org", "alice"),
                membershipKey("org", "bob"),
                userKey("alice"),
                userKey("bob")));
  }

  @Test
  void decide_severalOfWhichOneIsCachedTooOld_readsThatAgain() {
    var unused = decide(ReadOptions.DEFAULT, ALICE, BOB);
    commit(
        new Change.Replace(membership("org", "alice", Role.OWNER).withRole(Role.ADMIN, CHANGED)));
    commit(new Change.Replace(membership("org", "bob", Role.MEMBER).withRole(Role.ADMIN, CHANGED)));
    reader.drop(membershipKey("org", "bob"));
    reads.clear();
    ReadOptions second = new ReadOptions(Consistency.FRESH, new Revision(2));

    assertThatThrownBy(() -> decide(second, ALICE, BOB))
        .as("this reader gives the old answer again")
        .hasMessageContaining("min_revision");
    assertThat(reads)
        .containsExactly(
            Set.of(
                membershipKey("org", "alice"),
                membershipKey("org", "bob"),
                userKey("alice"),
                userKey("bob")),
            Set.of(membershipKey("org", "alice")));
  }

  @Test
  void decide_any_isObserved() {
    AccessDecisions answer = decide(ReadOptions.DEFAULT, ALICE, BOB);

    assertThat(observed).isEqualTo(answer.decisions());
  }

  private AccessDecisions decide(ReadOptions options, AccessCheck... asked) {
    return checks.decide(List.of(asked), options, scope()).join();
  }

  private void commit(Change change) {
    var unused =
        store.commit(new Commit(List.of(change), Optional.empty(), List.of()), scope()).join();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
