package accounts.client.cli;

import accounts.v1.AcceptInvitationRequest;
import accounts.v1.AcceptInvitationResponse;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.DeleteInvitationRequest;
import accounts.v1.DeleteInvitationResponse;
import accounts.v1.Invitation;
import accounts.v1.InviteUserRequest;
import accounts.v1.InviteUserResponse;
import accounts.v1.Role;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code accounts invitation}, with the RPCs that change invitations. */
@Command(
    name = "invitation",
    description =
        "Invitations to organizations; listed by 'org invitations' and 'user invitations'.",
    synopsisSubcommandLabel = "COMMAND")
final class InvitationCommand {

  private final Main main;

  InvitationCommand(Main main) {
    this.main = main;
  }

  @Command(description = "Invites a user to an organization, or invites it anew.")
  int create(
      @Mixin Invited invited,
      @Mixin OfferedRole role,
      @Option(
              names = "--as",
              paramLabel = "USER",
              required = true,
              description = "Acting user: an owner or admin.")
          String actor,
      @Option(
              names = "--time-to-live",
              paramLabel = "TIME",
              converter = Durations.class,
              description = "How long it can be accepted: 1s to 30d (default 14d).")
          @Nullable Duration timeToLive,
      @Mixin WriteFlags write) {
    InviteUserRequest.Builder request =
        InviteUserRequest.newBuilder()
            .setOrganizationName(invited.organization)
            .setUsername(invited.username)
            .setRole(role.role)
            .setActingUser(actor)
            .setRequestId(write.requestId());
    if (timeToLive != null) {
      request
          .getTimeToLiveBuilder()
          .setSeconds(timeToLive.getSeconds())
          .setNanos(timeToLive.getNano());
    }
    try (Session session = main.session()) {
      InviteUserResponse r =
          session.call(AccountServiceGrpc.getInviteUserMethod(), request.build());
      session.output().response(r, table(r.getInvitation()));
    }
    return 0;
  }

  @Command(description = "Accepts an invitation: the user becomes a member.")
  int accept(@Mixin Invited invited, @Mixin WriteFlags write) {
    AcceptInvitationRequest request =
        AcceptInvitationRequest.newBuilder()
            .setOrganizationName(invited.organization)
            .setActingUser(invited.username)
            .setRequestId(write.requestId())
            .build();
    try (Session session = main.session()) {
      AcceptInvitationResponse r =
          session.call(AccountServiceGrpc.getAcceptInvitationMethod(), request);
      session
          .output()
          .response(r, new Table(Columns.MEMBERSHIP).row(Columns.of(r.getMembership())));
    }
    return 0;
  }

  @Command(description = "Ends an invitation: declines or withdraws it.")
  int delete(
      @Mixin Invited invited,
      @Option(
              names = "--as",
              paramLabel = "USER",
              required = true,
              description = "Acting user: the invited user, or an owner or admin.")
          String actor,
      @Mixin WriteFlags write) {
    DeleteInvitationRequest request =
        DeleteInvitationRequest.newBuilder()
            .setOrganizationName(invited.organization)
            .setUsername(invited.username)
            .setActingUser(actor)
            .setRequestId(write.requestId())
            .build();
    try (Session session = main.session()) {
      DeleteInvitationResponse r =
          session.call(AccountServiceGrpc.getDeleteInvitationMethod(), request);
      session.output().response(r, table(r.getInvitation()));
    }
    return 0;
  }

  private static Table table(Invitation invitation) {
    return new Table(Columns.INVITATION).row(Columns.of(invitation));
  }

  /** The argument for the role that the user is to have. */
  static final class OfferedRole {
    @Parameters(
        paramLabel = "ROLE",
        converter = EnumNames.Roles.class,
        completionCandidates = EnumNames.Roles.class,
        description = "One of ${COMPLETION-CANDIDATES}.")
    private Role role = Role.ROLE_UNSPECIFIED;
  }

  /** The arguments that identify an invitation. */
  static final class Invited {
    @Parameters(
        paramLabel = "ORGANIZATION",
        description = "Its slug, or a display name that is converted to it.")
    private String organization = "";

    @Parameters(paramLabel = "USERNAME", description = "The invited user.")
    private String username = "";
  }
}
