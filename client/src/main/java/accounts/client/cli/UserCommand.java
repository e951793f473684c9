package accounts.client.cli;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.BatchGetUsersResponse;
import accounts.v1.CreateUserRequest;
import accounts.v1.CreateUserResponse;
import accounts.v1.DeleteUserRequest;
import accounts.v1.DeleteUserResponse;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.ListChangesRequest;
import accounts.v1.ListInvitationsRequest;
import accounts.v1.ListUserMembershipsRequest;
import accounts.v1.ListUserMembershipsResponse;
import accounts.v1.ListUsersRequest;
import accounts.v1.ListUsersResponse;
import accounts.v1.PurgeUserRequest;
import accounts.v1.PurgeUserResponse;
import accounts.v1.ResumeUserRequest;
import accounts.v1.ResumeUserResponse;
import accounts.v1.SuspendUserRequest;
import accounts.v1.SuspendUserResponse;
import accounts.v1.UndeleteUserRequest;
import accounts.v1.UndeleteUserResponse;
import accounts.v1.UpdateUserRequest;
import accounts.v1.UpdateUserResponse;
import accounts.v1.UserResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code accounts user}, with the RPCs about users. */
@Command(
    name = "user",
    description = "Users and their memberships.",
    synopsisSubcommandLabel = "COMMAND")
final class UserCommand {

  private final Main main;

  UserCommand(Main main) {
    this.main = main;
  }

  @Command(description = "Creates a user.")
  int create(
      @Parameters(paramLabel = "USERNAME") String username,
      @Parameters(paramLabel = "FIRST_NAME") String firstName,
      @Parameters(paramLabel = "LAST_NAME") String lastName,
      @Mixin LabelFlags labels,
      @Mixin WriteFlags write) {
    CreateUserRequest request =
        CreateUserRequest.newBuilder()
            .setUsername(username)
            .setFirstName(firstName)
            .setLastName(lastName)
            .putAllLabels(labels.labels())
            .setRequestId(write.requestId())
            .build();
    try (Session session = main.session()) {
      CreateUserResponse r = session.call(AccountServiceGrpc.getCreateUserMethod(), request);
      session.output().response(r, new Table(Columns.USER).row(Columns.of(r.getUser())));
    }
    return 0;
  }

  @Command(description = "Prints a user.")
  int get(
      @Parameters(paramLabel = "USERNAME") String username,
      @Mixin ExpectedUid uid,
      @Mixin ReadFlags read) {
    GetUserRequest request =
        GetUserRequest.newBuilder()
            .setUsername(username)
            .setConsistency(read.consistency())
            .setMinRevision(read.minRevision())
            .setExpectedUid(uid.value)
            .build();
    try (Session session = main.session()) {
      GetUserResponse r = session.call(AccountServiceGrpc.getGetUserMethod(), request);
      List<String> from = Columns.of(r.getSource(), r.getAge());
      session
          .output()
          .response(
              r,
              new Table(Columns.join(Columns.USER, Columns.READ))
                  .row(Columns.join(Columns.of(r.getUser()), from)));
    }
    return 0;
  }

  @Command(name = "batch-get", description = "Prints up to 100 users.")
  int batchGet(
      @Parameters(paramLabel = "USERNAME", arity = "1..*") List<String> usernames,
      @Mixin ReadFlags read) {
    BatchGetUsersRequest request =
        BatchGetUsersRequest.newBuilder()
            .addAllUsernames(usernames)
            .setConsistency(read.consistency())
            .setMinRevision(read.minRevision())
            .build();
    try (Session session = main.session()) {
      BatchGetUsersResponse r = session.call(AccountServiceGrpc.getBatchGetUsersMethod(), request);
      Table table =
          new Table(Columns.join(Columns.FOUND, Columns.join(Columns.USER, Columns.READ)));
      List<String> from = Columns.of(r.getSource(), r.getAge());
      r.getResultsList().forEach(result -> table.row(Columns.join(cells(result), from)));
      session.output().response(r, table);
    }
    return 0;
  }

  @Command(description = "Changes a user's names and labels.")
  int update(
      @Parameters(paramLabel = "USERNAME") String username,
      @Option(names = "--first-name", paramLabel = "NAME", description = "The new given name.")
          @Nullable String firstName,
      @Option(names = "--last-name", paramLabel = "NAME", description = "The new family name.")
          @Nullable String lastName,
      @Mixin LabelChangeFlags labels,
      @Mixin ChangeFlags change) {
    UpdateUserRequest.Builder request =
        UpdateUserRequest.newBuilder()
            .putAllSetLabels(labels.labels())
            .addAllRemoveLabels(labels.removed())
            .setExpectedRevision(change.expectedRevision())
            .setRequestId(change.requestId());
    request.getUserBuilder().setUsername(username);
    if (firstName != null) {
      request.getUserBuilder().setFirstName(firstName);
      request.getUpdateMaskBuilder().addPaths("first_name");
    }
    if (lastName != null) {
      request.getUserBuilder().setLastName(lastName);
      request.getUpdateMaskBuilder().addPaths("last_name");
    }
    try (Session session = main.session()) {
      UpdateUserResponse r =
          session.call(AccountServiceGrpc.getUpdateUserMethod(), request.build());
      session.output().response(r, new Table(Columns.USER).row(Columns.of(r.getUser())));
    }
    return 0;
  }

  @Command(
      description =
          "Suspends a user, which may then do nothing in any organization; needs accounts.suspend.")
  int suspend(@Parameters(paramLabel = "USERNAME") String username, @Mixin ChangeFlags change) {
    SuspendUserRequest request =
        SuspendUserRequest.newBuilder()
            .setUsername(username)
            .setExpectedRevision(change.expectedRevision())
            .setRequestId(change.requestId())
            .build();
    try (Session session = main.session()) {
      SuspendUserResponse r = session.call(AccountServiceGrpc.getSuspendUserMethod(), request);
      session.output().response(r, new Table(Columns.USER).row(Columns.of(r.getUser())));
    }
    return 0;
  }

  @Command(description = "Ends the suspension of a user; needs accounts.suspend.")
  int resume(@Parameters(paramLabel = "USERNAME") String username, @Mixin ChangeFlags change) {
    ResumeUserRequest request =
        ResumeUserRequest.newBuilder()
            .setUsername(username)
            .setExpectedRevision(change.expectedRevision())
            .setRequestId(change.requestId())
            .build();
    try (Session session = main.session()) {
      ResumeUserResponse r = session.call(AccountServiceGrpc.getResumeUserMethod(), request);
      session.output().response(r, new Table(Columns.USER).row(Columns.of(r.getUser())));
    }
    return 0;
  }

  @Command(
      description =
          "Deletes a user, which can be restored for some time; needs accounts.delete. Repeat a deletion that is not finished with its request id.")
  int delete(
      @Parameters(paramLabel = "USERNAME") String username,
      @Option(names = "--force", description = "Remove its memberships, too.") boolean force,
      @Mixin ChangeFlags change) {
    DeleteUserRequest request =
        DeleteUserRequest.newBuilder()
            .setUsername(username)
            .setForce(force)
            .setExpectedRevision(change.expectedRevision())
            .setRequestId(change.requestId())
            .build();
    try (Session session = main.session()) {
      DeleteUserResponse r = session.call(AccountServiceGrpc.getDeleteUserMethod(), request);
      session.output().response(r, new Table(Columns.USER).row(Columns.of(r.getUser())));
    }
    return 0;
  }

  @Command(description = "Restores a deleted user; needs accounts.delete.")
  int undelete(@Parameters(paramLabel = "USERNAME") String username, @Mixin WriteFlags write) {
    UndeleteUserRequest request =
        UndeleteUserRequest.newBuilder()
            .setUsername(username)
            .setRequestId(write.requestId())
            .build();
    try (Session session = main.session()) {
      UndeleteUserResponse r = session.call(AccountServiceGrpc.getUndeleteUserMethod(), request);
      session.output().response(r, new Table(Columns.USER).row(Columns.of(r.getUser())));
    }
    return 0;
  }

  @Command(description = "Erases a deleted user for good; needs accounts.delete.")
  int purge(@Parameters(paramLabel = "USERNAME") String username, @Mixin WriteFlags write) {
    PurgeUserRequest request =
        PurgeUserRequest.newBuilder().setUsername(username).setRequestId(write.requestId()).build();
    try (Session session = main.session()) {
      PurgeUserResponse r = session.call(AccountServiceGrpc.getPurgeUserMethod(), request);
      session.output().response(r, new Table(List.of("ERASED")).row(List.of(username)));
    }
    return 0;
  }

  @Command(
      description =
          "Lists users by username, all or those whose usernames begin with PREFIX; needs accounts.list.")
  int list(
      @Parameters(
              paramLabel = "PREFIX",
              arity = "0..1",
              defaultValue = "",
              description = "How their usernames begin, letter case included.")
          String prefix,
      @Option(
              names = "--label",
              paramLabel = "KEY=VALUE",
              defaultValue = "",
              description = "Only those that have this label.")
          String label,
      @Mixin PageFlags page) {
    ListUsersRequest.Builder request =
        ListUsersRequest.newBuilder()
            .setUsernamePrefix(prefix)
            .setLabel(label)
            .setPageSize(page.pageSize());
    try (Session session = main.session()) {
      page.print(
          session.output(),
          Columns.USER,
          token ->
              session.call(
                  AccountServiceGrpc.getListUsersMethod(), request.setPageToken(token).build()),
          r -> r.getUsersList().stream().map(Columns::of),
          ListUsersResponse::getNextPageToken,
          ListUsersResponse::getIncomplete);
    }
    return 0;
  }

  @Command(description = "Lists a user's memberships.")
  int memberships(@Parameters(paramLabel = "USERNAME") String username, @Mixin PageFlags page) {
    ListUserMembershipsRequest.Builder request =
        ListUserMembershipsRequest.newBuilder().setUsername(username).setPageSize(page.pageSize());
    try (Session session = main.session()) {
      page.print(
          session.output(),
          Columns.MEMBERSHIP,
          token ->
              session.call(
                  AccountServiceGrpc.getListUserMembershipsMethod(),
                  request.setPageToken(token).build()),
          r -> r.getMembershipsList().stream().map(Columns::of),
          ListUserMembershipsResponse::getNextPageToken);
    }
    return 0;
  }

  @Command(description = "Lists what a user is invited to.")
  int invitations(@Parameters(paramLabel = "USERNAME") String username, @Mixin PageFlags page) {
    InvitationOutput.print(main, ListInvitationsRequest.newBuilder().setUsername(username), page);
    return 0;
  }

  @Command(description = "Lists who changed a user and its memberships; needs accounts.audit.")
  int changes(@Parameters(paramLabel = "USERNAME") String username, @Mixin PageFlags page) {
    AuditOutput.print(main, ListChangesRequest.newBuilder().setUsername(username), page);
    return 0;
  }

  private static List<String> cells(UserResult r) {
    return r.hasUser()
        ? Columns.join(List.of("yes"), Columns.of(r.getUser()))
        : Columns.join(
            List.of("no"),
            Columns.absent(r.getNotFound().getRevision(), Columns.USER, r.getUsername()));
  }
}
