package accounts.server;

import static accounts.server.TestService.fresh;
import static accounts.v1.AccessReason.ACCESS_REASON_NOT_A_MEMBER;
import static accounts.v1.AccessReason.ACCESS_REASON_ROLE;
import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.Role.ROLE_OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AcceptInvitationRequest;
import accounts.v1.AccessReason;
import accounts.v1.AuditEntry;
import accounts.v1.CheckAccessRequest;
import accounts.v1.DeleteInvitationRequest;
import accounts.v1.DeleteOrganizationRequest;
import accounts.v1.DeleteUserRequest;
import accounts.v1.Invitation;
import accounts.v1.InviteUserRequest;
import accounts.v1.ListChangesRequest;
import accounts.v1.ListInvitationsRequest;
import accounts.v1.ListInvitationsResponse;
import accounts.v1.Membership;
import accounts.v1.PurgeUserRequest;
import accounts.v1.Role;
import accounts.v1.UndeleteOrganizationRequest;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.ResourceInfo;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Invitations from a caller's side, through two instances. */
@Timeout(120)
final class InvitationTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();
  @AutoClose private static final TestService other = backends.start();

  private final String owner = service.newUser();
  private final String organization = service.newOrganization(owner);
  private final String invited = service.newUser();

  @Test
  void acceptInvitation_throughAnotherInstance_isAMemberThroughEveryInstanceAtOnce() {
    for (int i = 0; i < 5; i++) {
      String user = service.newUser();
      List.of(service, other)
          .forEach(
              instance -> assertThat(reason(instance, user)).isEqualTo(ACCESS_REASON_NOT_A_MEMBER));
      Invitation invitation = invite(user, ROLE_ADMIN);
      assertThat(reason(other, user)).isEqualTo(ACCESS_REASON_NOT_A_MEMBER);

      Membership membership = accept(other, user);

      assertThat(invitation.getInvitingUser()).isEqualTo(owner);
      assertThat(membership.getRole()).isEqualTo(ROLE_ADMIN);
      assertThat(membership.getRevision()).isEqualTo(1);
      List.of(service, other)
          .forEach(instance -> assertThat(reason(instance, user)).isEqualTo(ACCESS_REASON_ROLE));
      assertThat(invitations(ofUser(user))).isEmpty();
    }
  }

  private AccessReason reason(TestService instance, String user) {
    return instance
        .stub()
        .checkAccess(
            CheckAccessRequest.newBuilder()
                .setOrganizationName(organization)
                .setUsername(user)
                .setRequiredRole(ROLE_MEMBER)
                .build())
        .getReason();
  }

  @Test
  void acceptInvitation_ofAnOwner_countsIt() {
    invite(invited, ROLE_OWNER);
    accept(service, invited);

    assertThat(service.remove(organization, owner, owner).getRevision()).isEqualTo(2);
    assertThat(Refused.by(() -> service.remove(organization, invited, invited)).reason())
        .isEqualTo("LAST_OWNER");
  }

  @Test
  void acceptInvitation_notInvited_isNotFoundWithItsNames() {
    Refused refused = Refused.by(() -> accept(service, invited));

    assertThat(refused.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refused.reason()).isEqualTo("INVITATION_NOT_FOUND");
    assertThat(refused.metadata())
        .isEqualTo(Map.of("organization_name", organization, "username", invited));
    assertThat(refused.detail(ResourceInfo.class).getResourceType())
        .isEqualTo("accounts.v1.Invitation");
  }

  @Test
  void inviteUser_timeToLive_isHowLongItLasts() throws InterruptedException {
    assertThat(lifetime(invite(invited, ROLE_MEMBER))).isEqualTo(days(14));
    InviteUserRequest.Builder request = inviting(invited, ROLE_MEMBER).toBuilder();
    assertThat(lifetime(invite(request.setTimeToLive(days(30))))).isEqualTo(days(30));
    Duration second = Duration.newBuilder().setSeconds(1).build();
    Invitation last = invite(request.setTimeToLive(second));

    Eventually.get(() -> invitations(ofUser(invited)), List::isEmpty);

    assertThat(lifetime(last)).isEqualTo(second);
    assertThat(Refused.by(() -> accept(service, invited)).reason())
        .isEqualTo("INVITATION_NOT_FOUND");
  }

  private static Duration days(int days) {
    return Duration.newBuilder().setSeconds(java.time.Duration.ofDays(days).toSeconds()).build();
  }

  private static Duration lifetime(Invitation invitation) {
    return Timestamps.between(invitation.getCreateTime(), invitation.getExpireTime());
  }

  @Test
  void inviteUser_timeToLiveOutOfRange_isRefused() {
    InviteUserRequest.Builder request = inviting(invited, ROLE_MEMBER).toBuilder();
    for (Duration wrong :
        List.of(
            Duration.getDefaultInstance(),
            Duration.newBuilder().setSeconds(-1).build(),
            Duration.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(Integer.MAX_VALUE).build(),
            days(30).toBuilder().setNanos(1).build(),
            days(1).toBuilder().setNanos(-1).build(),
            days(1).toBuilder().setNanos(2_000_000_000).build())) {
      Refused refused = Refused.by(() -> invite(request.setTimeToLive(wrong)));
      assertThat(refused.fields()).containsExactly("time_to_live");
      assertThat(refused.message()).endsWith("(expected: 1-2592000 s)");
    }
  }

  @Test
  void requests_repeated_areTheFirstOutcome() {
    InviteUserRequest inviting =
        inviting(invited, ROLE_MEMBER).toBuilder().setRequestId(id()).build();
    Invitation first = service.stub().inviteUser(inviting).getInvitation();
    AcceptInvitationRequest accepting = accepting(invited).toBuilder().setRequestId(id()).build();
    Membership membership = other.stub().acceptInvitation(accepting).getMembership();

    assertThat(other.stub().inviteUser(inviting).getInvitation()).isEqualTo(first);
    assertThat(service.stub().acceptInvitation(accepting).getMembership()).isEqualTo(membership);
    assertThat(invitations(ofUser(invited))).isEmpty();
  }

  @Test
  void deleteInvitation_declinedOrWithdrawn_isTheInvitationAndItsEnd() {
    for (String actor : List.of(owner, invited)) {
      Invitation invitation = invite(invited, ROLE_MEMBER);

      assertThat(delete(invited, actor)).isEqualTo(invitation);

      assertThat(Refused.by(() -> accept(service, invited)).reason())
          .isEqualTo("INVITATION_NOT_FOUND");
      assertThat(invitations(ofOrganization())).isEmpty();
    }
  }

  @Test
  void listInvitations_severalPages_haveEachOnceInOrder() {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      users.add(service.newUser());
      invite(users.getLast(), ROLE_MEMBER);
    }

    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      ListInvitationsResponse page =
          other
              .stub()
              .listInvitations(
                  ofOrganization().toBuilder().setPageSize(3).setPageToken(token).build());
      page.getInvitationsList().forEach(invitation -> listed.add(invitation.getUsername()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(listed).containsExactlyElementsOf(users.stream().sorted().toList());
  }

  @Test
  void listInvitations_ofNobodyOrNothing_isNotFound() {
    ListInvitationsRequest nowhere =
        ListInvitationsRequest.newBuilder().setOrganizationName(fresh("org")).build();

    assertThat(Refused.by(() -> invitations(ofUser(fresh("user")))).reason())
        .isEqualTo("USER_NOT_FOUND");
    assertThat(Refused.by(() -> invitations(nowhere)).reason()).isEqualTo("ORGANIZATION_NOT_FOUND");
  }

  @Test
  void acceptInvitation_organizationDeletedAndRestored_needsTheInvitersRightOfThen() {
    String newOwner = service.newUser();
    invite(invited, ROLE_MEMBER);
    var deleted =
        service
            .stub()
            .deleteOrganization(
                DeleteOrganizationRequest.newBuilder().setOrganizationName(organization).build());
    assertThat(Refused.by(() -> accept(other, invited)).reason())
        .isEqualTo("ORGANIZATION_NOT_FOUND");
    var restored =
        service
            .stub()
            .undeleteOrganization(
                UndeleteOrganizationRequest.newBuilder()
                    .setOrganizationName(organization)
                    .setOwner(newOwner)
                    .build());

    assertThat(Refused.by(() -> accept(other, invited)).reason()).isEqualTo("INVITATION_NOT_FOUND");
    assertThat(deleted.getOrganization().getCreateTime())
        .isEqualTo(restored.getOrganization().getCreateTime());
  }

  @Test
  void purgeUser_invited_leavesNoInvitation() {
    invite(invited, ROLE_MEMBER);
    var deleted =
        service.stub().deleteUser(DeleteUserRequest.newBuilder().setUsername(invited).build());
    assertThat(deleted.hasUser()).isTrue();
    assertThat(items(invited)).isEqualTo(2);

    var unused =
        service.stub().purgeUser(PurgeUserRequest.newBuilder().setUsername(invited).build());

    assertThat(items(invited)).isZero();
  }

  private static long items(String user) {
    return TableContents.items(backends).stream()
        .filter(item -> String.valueOf(item.get("PK")).contains("INVITATIONS#"))
        .filter(item -> AttributeValue.fromS(user).equals(item.get("username")))
        .count();
  }

  @Test
  void listChanges_accepted_namesWhoInvited() {
    invite(invited, ROLE_MEMBER);
    accept(service, invited);

    AuditEntry entry =
        service
            .stub()
            .listChanges(ListChangesRequest.newBuilder().setUsername(invited).build())
            .getChangesList()
            .getLast();

    assertThat(entry.getOrganizationName()).isEqualTo(organization);
    assertThat(entry.getActingUser()).isEqualTo(invited);
    assertThat(entry.getInvitingUser()).isEqualTo(owner);
  }

  private Invitation invite(String user, Role role) {
    return service.stub().inviteUser(inviting(user, role)).getInvitation();
  }

  private static Invitation invite(InviteUserRequest.Builder request) {
    return service.stub().inviteUser(request.build()).getInvitation();
  }

  private InviteUserRequest inviting(String user, Role role) {
    return InviteUserRequest.newBuilder()
        .setOrganizationName(organization)
        .setUsername(user)
        .setRole(role)
        .setActingUser(owner)
        .build();
  }

  private Membership accept(TestService instance, String user) {
    return instance.stub().acceptInvitation(accepting(user)).getMembership();
  }

  private AcceptInvitationRequest accepting(String user) {
    return AcceptInvitationRequest.newBuilder()
        .setOrganizationName(organization)
        .setActingUser(user)
        .build();
  }

  private Invitation delete(String user, String actor) {
    return service
        .stub()
        .deleteInvitation(
            DeleteInvitationRequest.newBuilder()
                .setOrganizationName(organization)
                .setUsername(user)
                .setActingUser(actor)
                .build())
        .getInvitation();
  }

  private static List<Invitation> invitations(ListInvitationsRequest request) {
    return other.stub().listInvitations(request).getInvitationsList();
  }

  private ListInvitationsRequest ofOrganization() {
    return ListInvitationsRequest.newBuilder().setOrganizationName(organization).build();
  }

  private static ListInvitationsRequest ofUser(String user) {
    return ListInvitationsRequest.newBuilder().setUsername(user).build();
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }
}
