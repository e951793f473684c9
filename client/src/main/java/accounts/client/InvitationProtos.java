package accounts.client;

import accounts.v1.AcceptInvitationRequest;
import accounts.v1.DeleteInvitationRequest;
import accounts.v1.InviteUserRequest;
import accounts.v1.ListInvitationsRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Converts the contract's messages about invitations. */
final class InvitationProtos {

  private InvitationProtos() {}

  /**
   * @param timeToLive empty for the service's default
   */
  static InviteUserRequest invite(
      String organizationName,
      String username,
      Role role,
      String actingUser,
      Optional<Duration> timeToLive,
      WriteSettings settings) {
    InviteUserRequest.Builder request =
        InviteUserRequest.newBuilder()
            .setOrganizationName(organizationName)
            .setUsername(username)
            .setRoleValue(Roles.number(role))
            .setActingUser(actingUser)
            .setRequestId(settings.requestId());
    timeToLive.ifPresent(time ->
        request.getTimeToLiveBuilder().setSeconds(time.getSeconds()).setNanos(time.getNano()));
    return request.build();
  }

  static AcceptInvitationRequest accept(
      String organizationName, String actingUser, WriteSettings settings) {
    return AcceptInvitationRequest.newBuilder()
        .setOrganizationName(organizationName)
        .setActingUser(actingUser)
        .setRequestId(settings.requestId())
        .build();
  }

  static DeleteInvitationRequest delete(
      String organizationName, String username, String actingUser, WriteSettings settings) {
    return DeleteInvitationRequest.newBuilder()
        .setOrganizationName(organizationName)
        .setUsername(username)
        .setActingUser(actingUser)
        .setRequestId(settings.requestId())
        .build();
  }

  static ListInvitationsRequest ofUser(String username, PageSettings settings) {
    return page(ListInvitationsRequest.newBuilder().setUsername(username), settings);
  }

  static ListInvitationsRequest ofOrganization(String organizationName, PageSettings settings) {
    return page(
        ListInvitationsRequest.newBuilder().setOrganizationName(organizationName), settings);
  }

  private static ListInvitationsRequest page(
      ListInvitationsRequest.Builder request, PageSettings settings) {
    return request.setPageSize(settings.size()).setPageToken(settings.token()).build();
  }

  static List<Invitation> invitations(List<accounts.v1.Invitation> invitations) {
    return invitations.stream().map(InvitationProtos::invitation).toList();
  }

  static Invitation invitation(accounts.v1.Invitation i) {
    return new Invitation(
        i.getOrganizationName(),
        i.getUsername(),
        Roles.of(i.getRole()),
        i.getInvitingUser(),
        Protos.instant(i.getCreateTime()),
        Protos.instant(i.getExpireTime()));
  }
}
