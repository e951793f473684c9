package accounts.server;

import static accounts.server.TestService.fresh;
import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.Role.ROLE_OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.BatchGetMembershipsRequest;
import accounts.v1.BatchGetMembershipsResponse;
import accounts.v1.Consistency;
import accounts.v1.CreateOrganizationResponse;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetMembershipResponse;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.ListUserMembershipsRequest;
import accounts.v1.Membership;
import accounts.v1.MembershipKey;
import accounts.v1.MembershipResult;
import accounts.v1.Organization;
import accounts.v1.Source;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Organizations and who belongs to them, from a caller's side. */
final class MembershipCallsTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();

  @Test
  void createOrganization_displayName_isKeptBesideItsSlug() {
    String founder = service.newUser();

    Organization organization =
        service.createOrganization("Olivia's Örg & Söhne!", founder).getOrganization();

    assertThat(organization.getOrganizationName()).isEqualTo("olivias-org-sohne");
    assertThat(organization.getDisplayName()).isEqualTo("Olivia's Örg & Söhne!");
    assertThat(organization.getRevision()).isEqualTo(1);
  }

  @Test
  void createOrganization_new_makesItsFounderAnOwner() {
    String founder = service.newUser();

    CreateOrganizationResponse created = service.createOrganization(fresh("org"), founder);

    assertThat(created.getFounderMembership().getRole()).isEqualTo(ROLE_OWNER);
    assertThat(service.membership(created.getOrganization().getOrganizationName(), founder))
        .isEqualTo(created.getFounderMembership());
  }

  @Test
  void getOrganization_byAnotherSpelling_isTheSame() {
    String name = service.newOrganization(service.newUser());
    String spelling = name.toUpperCase(java.util.Locale.ROOT).replace('-', ' ');

    assertThat(organization(spelling).getOrganizationName()).isEqualTo(name);
  }

  private static Organization organization(String name) {
    return service
        .stub()
        .getOrganization(GetOrganizationRequest.newBuilder().setOrganizationName(name).build())
        .getOrganization();
  }

  @Test
  void addUserToOrganization_new_isAtRevisionOneAndSeenByReads() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newUser();
    assertThat(Refused.by(() -> get(organization, member)).reason())
        .isEqualTo("MEMBERSHIP_NOT_FOUND");

    Membership membership = service.add(organization, member, ROLE_ADMIN, owner);

    assertThat(membership.getRevision()).isEqualTo(1);
    assertThat(get(organization, member).getMembership()).isEqualTo(membership);
  }

  @Test
  void getMembership_twice_comesFromTheStoreThenFromTheCache() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    backends.flushCache();

    assertThat(get(organization, owner).getSource()).isEqualTo(Source.SOURCE_STORE);
    assertThat(
            Eventually.get(
                    () -> get(organization, owner),
                    answer -> answer.getSource() == Source.SOURCE_CACHE)
                .getMembership()
                .getUsername())
        .isEqualTo(owner);
  }

  @Test
  void changeMemberRole_otherRole_isTheNextRevision() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);

    Membership changed = service.change(organization, member, ROLE_ADMIN, owner);

    assertThat(changed.getRevision()).isEqualTo(2);
    assertThat(get(organization, member).getMembership()).isEqualTo(changed);
  }

  @Test
  void changeMemberRole_sameRole_keepsTheRevision() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);

    assertThat(service.change(organization, member, ROLE_MEMBER, owner).getRevision()).isEqualTo(1);
  }

  @Test
  void changeMemberRole_lastOwnerToOwner_keepsTheRevision() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);

    assertThat(service.change(organization, owner, ROLE_OWNER, owner).getRevision()).isEqualTo(1);
  }

  @Test
  void removeUserFromOrganization_member_answersWithTheRevisionOfTheRemoval() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_ADMIN, owner);

    Membership removed = service.remove(organization, member, owner);

    assertThat(removed.getRevision()).isEqualTo(2);
    assertThat(removed.getRole()).isEqualTo(ROLE_ADMIN);
  }

  @Test
  void getMembership_removed_isNotFoundWithTheRevisionOfTheRemoval() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    long removal = service.remove(organization, member, owner).getRevision();

    Refused cached = Refused.by(() -> get(organization, member));
    Refused stored = Refused.by(() -> service.membership(organization, member));

    assertThat(cached.metadata()).containsEntry("revision", Long.toString(removal));
    assertThat(stored.metadata()).isEqualTo(cached.metadata());
  }

  @Test
  void addUserToOrganization_removedBefore_goesOnCounting() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    long last = 1;
    for (int i = 0; i < 5; i++) {
      long removal = service.remove(organization, member, owner).getRevision();
      long again = service.add(organization, member, ROLE_OWNER, owner).getRevision();

      assertThat(removal).isEqualTo(last + 1);
      assertThat(again).isEqualTo(removal + 1);
      last = again;
    }
  }

  @Test
  void addUserToOrganization_removedThroughAnotherInstance_goesOnCounting() throws Exception {
    try (TestService other = backends.start()) {
      String owner = service.newUser();
      String organization = service.newOrganization(owner);
      String member = service.newMember(organization, ROLE_MEMBER, owner);

      assertThat(other.remove(organization, member, owner).getRevision()).isEqualTo(2);
      assertThat(service.add(organization, member, ROLE_MEMBER, owner).getRevision()).isEqualTo(3);
    }
  }

  @Test
  void getMembership_minRevisionOfTheRemoval_isNotFound() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    long removal = service.remove(organization, member, owner).getRevision();
    GetMembershipRequest request = asking(organization, member).setMinRevision(removal).build();

    assertThat(Refused.by(() -> service.stub().getMembership(request)).reason())
        .isEqualTo("MEMBERSHIP_NOT_FOUND");
  }

  @Test
  void removeUserFromOrganization_oneself_isDone() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String admin = service.newMember(organization, ROLE_ADMIN, owner);

    assertThat(service.remove(organization, admin, admin).getRevision()).isEqualTo(2);
  }

  @Test
  void founder_removedAfterAnotherOwnerCame_staysTheFoundingUser() {
    String founder = service.newUser();
    String organization = service.newOrganization(founder);
    String heir = service.newMember(organization, ROLE_OWNER, founder);

    assertThat(service.remove(organization, founder, heir).getRevision()).isEqualTo(2);
    assertThat(organization(organization).getFoundingUser()).isEqualTo(founder);
  }

  @Test
  void batchGetMemberships_mixed_answersInTheRequestsOrder() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String removed = service.newMember(organization, ROLE_MEMBER, owner);
    assertThat(service.remove(organization, removed, owner).getRevision()).isEqualTo(2);

    BatchGetMembershipsResponse response =
        service
            .stub()
            .batchGetMemberships(
                BatchGetMembershipsRequest.newBuilder()
                    .addKeys(key(organization, removed))
                    .addKeys(key(organization, owner))
                    .addKeys(key(organization, "nobody"))
                    .addKeys(key(organization, owner))
                    .build());

    assertThat(response.getResultsList())
        .extracting(result -> result.getKey().getUsername())
        .containsExactly(removed, owner, "nobody", owner);
    assertThat(response.getResultsList())
        .extracting(result -> result.getNotFound().getRevision())
        .containsExactly(2L, 0L, 0L, 0L);
    assertThat(response.getResultsList())
        .extracting(MembershipResult::hasMembership)
        .containsExactly(false, true, false, true);
  }

  @Test
  void batchGetMemberships_spellingsOfOneOrganizationFromTheStore_areAnsweredAsSpelled() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String spelling = organization.replace('-', ' ');

    BatchGetMembershipsResponse response =
        service
            .stub()
            .batchGetMemberships(
                BatchGetMembershipsRequest.newBuilder()
                    .addKeys(key(organization, owner))
                    .addKeys(key(spelling, owner))
                    .setConsistency(Consistency.CONSISTENCY_STORE)
                    .build());

    assertThat(response.getResultsList())
        .extracting(result -> result.getKey().getOrganizationName())
        .containsExactly(organization, spelling);
    assertThat(response.getResultsList()).allMatch(MembershipResult::hasMembership);
  }

  @Test
  void listUserMemberships_afterRemoval_isEmpty() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    assertThat(service.remove(organization, member, owner).getRevision()).isEqualTo(2);

    assertThat(
            service
                .stub()
                .listUserMemberships(
                    ListUserMembershipsRequest.newBuilder().setUsername(member).build())
                .getMembershipsList())
        .isEmpty();
  }

  private static MembershipKey key(String organization, String username) {
    return MembershipKey.newBuilder()
        .setOrganizationName(organization)
        .setUsername(username)
        .build();
  }

  private static GetMembershipResponse get(String organization, String username) {
    return service.stub().getMembership(asking(organization, username).build());
  }

  private static GetMembershipRequest.Builder asking(String organization, String username) {
    return GetMembershipRequest.newBuilder()
        .setOrganizationName(organization)
        .setUsername(username);
  }
}
