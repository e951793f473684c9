package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests that the order in which lists, reads and changes come does not matter. */
final class ReplicaContentsTest {

  private final ReplicaContents contents = new ReplicaContents(3);

  private static Membership membership(String username, Role role, long revision) {
    return new Membership("acme", username, role, revision, Instant.EPOCH, Instant.EPOCH, "");
  }

  private static Organization organization(long revision) {
    return new Organization(
        "acme", "Acme " + revision, "olivia", revision, Instant.EPOCH, Instant.EPOCH, "");
  }

  private static Change member(
      String username, ChangeAction action, long revision, Optional<Role> role) {
    return new Change(
        EntityKind.MEMBERSHIP,
        Optional.of(username),
        Optional.of("acme"),
        action,
        revision,
        role,
        Optional.empty(),
        Instant.EPOCH);
  }

  private static Change updated(String username, long revision, Role role) {
    return member(username, ChangeAction.UPDATED, revision, Optional.of(role));
  }

  private static Change removed(String username, long revision) {
    return member(username, ChangeAction.REMOVED, revision, Optional.empty());
  }

  private static Change erased(String username) {
    return member(username, ChangeAction.ERASED, 0, Optional.empty());
  }

  private static Change organizationChange(ChangeAction action, long revision) {
    return new Change(
        EntityKind.ORGANIZATION,
        Optional.empty(),
        Optional.of("acme"),
        action,
        revision,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH);
  }

  @Test
  void applyToMember_olderThanTheList_isDropped() {
    contents.listed(List.of(membership("olivia", Role.OWNER, 3)));

    assertThat(contents.applyToMember(updated("olivia", 2, Role.MEMBER))).isFalse();
    assertThat(contents.applyToMember(removed("olivia", 3))).isFalse();
    assertThat(contents.role("olivia")).contains(Role.OWNER);
  }

  @Test
  void listed_olderThanTheChange_isDropped() {
    assertThat(contents.applyToMember(updated("olivia", 4, Role.ADMIN))).isTrue();
    contents.listed(List.of(membership("olivia", Role.OWNER, 3)));

    assertThat(contents.role("olivia")).contains(Role.ADMIN);
  }

  @Test
  void listed_olderThanTheRemoval_doesNotBringBack() {
    var unused = contents.applyToMember(removed("olivia", 4));
    contents.listed(List.of(membership("olivia", Role.OWNER, 3)));

    assertThat(contents.members()).isEmpty();
  }

  @Test
  void applyToMember_addedAgainAfterItsRemoval_isThere() {
    var unused = contents.applyToMember(removed("olivia", 4));

    assertThat(contents.applyToMember(updated("olivia", 5, Role.MEMBER))).isTrue();
    assertThat(contents.members()).containsExactly(new ReplicaMember("olivia", Role.MEMBER, 5));
  }

  @Test
  void applyToMember_erasedWhileLoading_needsAReloadSinceNoRevisionSaysWhatIsNewer() {
    var unused = contents.applyToMember(erased("olivia"));

    assertThat(contents.needsReload()).isTrue();
  }

  @Test
  void applyToMember_erasedWhenLoaded_beginsAnewAtItsFirstRevision() {
    contents.listed(List.of(membership("olivia", Role.OWNER, 3)));
    contents.complete();

    assertThat(contents.applyToMember(erased("olivia"))).isTrue();
    assertThat(contents.role("olivia")).isEmpty();
    assertThat(contents.applyToMember(updated("olivia", 1, Role.MEMBER))).isTrue();
    assertThat(contents.needsReload()).isFalse();
  }

  @Test
  void applyToMember_moreRemovalsThanMembersMayBe_needsAReloadAndForgetsThemWhenComplete() {
    for (String username : List.of("a", "b", "c")) {
      var unused = contents.applyToMember(removed(username, 2));
    }
    assertThat(contents.needsReload()).isFalse();
    var unused = contents.applyToMember(removed("d", 2));

    assertThat(contents.needsReload()).isTrue();
  }

  @Test
  void isTooLarge_oneMoreThanMayBe_isTrue() {
    for (String username : List.of("a", "b", "c")) {
      contents.listed(List.of(membership(username, Role.MEMBER, 1)));
    }
    assertThat(contents.isTooLarge()).isFalse();
    contents.listed(List.of(membership("d", Role.MEMBER, 1)));

    assertThat(contents.isTooLarge()).isTrue();
  }

  @Test
  void read_olderThanTheChange_isDroppedAndStillToBeRead() {
    assertThat(contents.applyToOrganization(organizationChange(ChangeAction.UPDATED, 3))).isTrue();
    assertThat(contents.unreadRevision()).isEqualTo(3);
    assertThat(contents.read(organization(2))).isFalse();
    assertThat(contents.unreadRevision()).isEqualTo(3);

    assertThat(contents.read(organization(3))).isTrue();
    assertThat(contents.unreadRevision()).isZero();
    assertThat(contents.organization()).contains(organization(3));
  }

  @Test
  void read_olderThanTheRemoval_doesNotBringBack() {
    var unused = contents.applyToOrganization(organizationChange(ChangeAction.REMOVED, 4));

    assertThat(contents.read(organization(3))).isFalse();
    assertThat(contents.organization()).isEmpty();
    assertThat(contents.unreadRevision()).isZero();
  }

  @Test
  void absent_olderThanTheCreation_isDropped() {
    var unused = contents.applyToOrganization(organizationChange(ChangeAction.CREATED, 5));
    contents.absent(4);

    assertThat(contents.unreadRevision()).isEqualTo(5);
  }

  @Test
  void applyToOrganization_erased_needsAReloadSinceAReadMayBringItBack() {
    assertThat(contents.read(organization(3))).isTrue();
    var unused = contents.applyToOrganization(organizationChange(ChangeAction.ERASED, 0));

    assertThat(contents.needsReload()).isTrue();
  }

  @Test
  void applyToMember_erasedAfterTheOrganization_stillNeedsAReload() {
    contents.complete();
    assertThat(contents.applyToOrganization(organizationChange(ChangeAction.ERASED, 0))).isFalse();
    assertThat(contents.applyToMember(erased("olivia"))).isFalse();

    assertThat(contents.needsReload()).isTrue();
  }

  @Test
  void applyToMember_changedByHandToSomethingUnknown_needsAReloadAndStays() {
    contents.listed(List.of(membership("olivia", Role.OWNER, 3)));
    contents.complete();

    assertThat(contents.applyToMember(member("olivia", ChangeAction.UPDATED, 0, Optional.empty())))
        .isFalse();
    assertThat(contents.needsReload()).isTrue();
    assertThat(contents.role("olivia")).contains(Role.OWNER);
  }
}
