package accounts.client.cli;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateOrganizationResponse;
import accounts.v1.DeleteOrganizationRequest;
import accounts.v1.DeleteOrganizationResponse;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetOrganizationResponse;
import accounts.v1.ListChangesRequest;
import accounts.v1.ListInvitationsRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListOrganizationMembersResponse;
import accounts.v1.ListOrganizationsRequest;
import accounts.v1.ListOrganizationsResponse;
import accounts.v1.Role;
import accounts.v1.UndeleteOrganizationRequest;
import accounts.v1.UndeleteOrganizationResponse;
import accounts.v1.UpdateOrganizationRequest;
import accounts.v1.UpdateOrganizationResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code accounts org}, with the RPCs about organizations. */
@Command(
    name = "org",
    description = "Organizations and their members.",
    synopsisSubcommandLabel = "COMMAND")
final class OrganizationCommand {

  private static final String NAME = "ORGANIZATION";

  private final Main main;

  OrganizationCommand(Main main) {
    this.main = main;
  }

  @Command(description = "Creates an organization, with its founder as owner.")
  int create(
      @Parameters(paramLabel = "NAME", description = "Display name; its slug is the identity.")
          String name,
      @Option(
              names = {"--as", "--founder"},
              paramLabel = "USER",
              required = true,
              description = "The founder, who becomes its first owner.")
          String founder,
      @Mixin LabelFlags labels,
      @Mixin WriteFlags write) {
    CreateOrganizationRequest request =
        CreateOrganizationRequest.newBuilder()
            .setOrganizationName(name)
            .setFoundingUser(founder)
            .putAllLabels(labels.labels())
            .setRequestId(write.requestId())
            .build();
    try (Session session = main.session()) {
      CreateOrganizationResponse r =
          session.call(AccountServiceGrpc.getCreateOrganizationMethod(), request);
      session
          .output()
          .response(
              r,
              new Table(Columns.ORGANIZATION).row(Columns.of(r.getOrganization())),
              new Table(Columns.MEMBERSHIP).row(Columns.of(r.getFounderMembership())));
    }
    return 0;
  }

  @Command(description = "Prints an organization.")
  int get(
      @Parameters(paramLabel = NAME) String name, @Mixin ExpectedUid uid, @Mixin ReadFlags read) {
    GetOrganizationRequest request =
        GetOrganizationRequest.newBuilder()
            .setOrganizationName(name)
            .setConsistency(read.consistency())
            .setMinRevision(read.minRevision())
            .setExpectedUid(uid.value)
            .build();
    try (Session session = main.session()) {
      GetOrganizationResponse r =
          session.call(AccountServiceGrpc.getGetOrganizationMethod(), request);
      List<String> from = Columns.of(r.getSource(), r.getAge());
      session
          .output()
          .response(
              r,
              new Table(Columns.join(Columns.ORGANIZATION, Columns.READ))
                  .row(Columns.join(Columns.of(r.getOrganization()), from)));
    }
    return 0;
  }

  @Command(description = "Changes an organization's display name and labels; its slug stays.")
  int update(
      @Parameters(paramLabel = NAME) String name,
      @Option(
              names = "--display-name",
              paramLabel = "NAME",
              converter = GivenName.class,
              description = "The new display name.")
          @Nullable String displayName,
      @Option(
              names = "--as",
              paramLabel = "USER",
              required = true,
              description = "The acting user, an owner or admin.")
          String actingUser,
      @Mixin LabelChangeFlags labels,
      @Mixin ChangeFlags change) {
    UpdateOrganizationRequest request =
        UpdateOrganizationRequest.newBuilder()
            .setOrganizationName(name)
            .setDisplayName(displayName == null ? "" : displayName)
            .putAllSetLabels(labels.labels())
            .addAllRemoveLabels(labels.removed())
            .setActingUser(actingUser)
            .setExpectedRevision(change.expectedRevision())
            .setRequestId(change.requestId())
            .build();
    try (Session session = main.session()) {
      UpdateOrganizationResponse r =
          session.call(AccountServiceGrpc.getUpdateOrganizationMethod(), request);
      session
          .output()
          .response(r, new Table(Columns.ORGANIZATION).row(Columns.of(r.getOrganization())));
    }
    return 0;
  }

  @Command(
      description =
          "Deletes an organization, which can be restored for some time. Repeat a deletion that is"
              + " not finished with its request id.")
  int delete(
      @Parameters(paramLabel = NAME) String name,
      @Option(
              names = "--as",
              paramLabel = "USER",
              defaultValue = "",
              description = "The owner who deletes it; not needed with accounts.delete.")
          String deletingUser,
      @Option(names = "--force", description = "Remove its members, too.") boolean force,
      @Mixin ChangeFlags change) {
    DeleteOrganizationRequest request =
        DeleteOrganizationRequest.newBuilder()
            .setOrganizationName(name)
            .setDeletingUser(deletingUser)
            .setForce(force)
            .setExpectedRevision(change.expectedRevision())
            .setRequestId(change.requestId())
            .build();
    try (Session session = main.session()) {
      DeleteOrganizationResponse r =
          session.call(AccountServiceGrpc.getDeleteOrganizationMethod(), request);
      session
          .output()
          .response(r, new Table(Columns.ORGANIZATION).row(Columns.of(r.getOrganization())));
    }
    return 0;
  }

  @Command(description = "Restores a deleted organization; needs accounts.delete.")
  int undelete(
      @Parameters(paramLabel = NAME) String name,
      @Option(
              names = "--owner",
              paramLabel = "USER",
              required = true,
              description = "Who becomes its first owner.")
          String owner,
      @Mixin WriteFlags write) {
    UndeleteOrganizationRequest request =
        UndeleteOrganizationRequest.newBuilder()
            .setOrganizationName(name)
            .setOwner(owner)
            .setRequestId(write.requestId())
            .build();
    try (Session session = main.session()) {
      UndeleteOrganizationResponse r =
          session.call(AccountServiceGrpc.getUndeleteOrganizationMethod(), request);
      session
          .output()
          .response(
              r,
              new Table(Columns.ORGANIZATION).row(Columns.of(r.getOrganization())),
              new Table(Columns.MEMBERSHIP).row(Columns.of(r.getOwnerMembership())));
    }
    return 0;
  }

  @Command(
      description =
          "Lists organizations by slug, all or those whose slugs begin with PREFIX; needs"
              + " accounts.list.")
  int list(
      @Parameters(
              paramLabel = "PREFIX",
              arity = "0..1",
              defaultValue = "",
              description = "How their slugs begin.")
          String prefix,
      @Option(
              names = "--label",
              paramLabel = "KEY=VALUE",
              defaultValue = "",
              description = "Only those that have this label.")
          String label,
      @Mixin PageFlags page) {
    ListOrganizationsRequest.Builder request =
        ListOrganizationsRequest.newBuilder()
            .setOrganizationNamePrefix(prefix)
            .setLabel(label)
            .setPageSize(page.pageSize());
    try (Session session = main.session()) {
      page.print(
          session.output(),
          Columns.ORGANIZATION,
          token ->
              session.call(
                  AccountServiceGrpc.getListOrganizationsMethod(),
                  request.setPageToken(token).build()),
          r -> r.getOrganizationsList().stream().map(Columns::of),
          ListOrganizationsResponse::getNextPageToken,
          ListOrganizationsResponse::getIncomplete);
    }
    return 0;
  }

  @Command(description = "Lists an organization's members.")
  int members(
      @Parameters(paramLabel = NAME) String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              converter = EnumNames.Roles.class,
              completionCandidates = EnumNames.Roles.class,
              description = "Only members with this role: ${COMPLETION-CANDIDATES}.")
          @Nullable Role role,
      @Mixin PageFlags page) {
    ListOrganizationMembersRequest.Builder request =
        ListOrganizationMembersRequest.newBuilder()
            .setOrganizationName(name)
            .setRole(role == null ? Role.ROLE_UNSPECIFIED : role)
            .setPageSize(page.pageSize());
    try (Session session = main.session()) {
      page.print(
          session.output(),
          Columns.MEMBERSHIP,
          token ->
              session.call(
                  AccountServiceGrpc.getListOrganizationMembersMethod(),
                  request.setPageToken(token).build()),
          r -> r.getMembershipsList().stream().map(Columns::of),
          ListOrganizationMembersResponse::getNextPageToken);
    }
    return 0;
  }

  @Command(description = "Lists who is invited to an organization.")
  int invitations(@Parameters(paramLabel = NAME) String name, @Mixin PageFlags page) {
    InvitationOutput.print(
        main, ListInvitationsRequest.newBuilder().setOrganizationName(name), page);
    return 0;
  }

  @Command(description = "Lists who changed an organization and its members; needs accounts.audit.")
  int changes(@Parameters(paramLabel = NAME) String name, @Mixin PageFlags page) {
    AuditOutput.print(main, ListChangesRequest.newBuilder().setOrganizationName(name), page);
    return 0;
  }
}
