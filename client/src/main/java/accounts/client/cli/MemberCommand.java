package accounts.client.cli;

import accounts.v1.AccessCheck;
import accounts.v1.AccessResult;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.AddUserToOrganizationResponse;
import accounts.v1.BatchCheckAccessRequest;
import accounts.v1.BatchCheckAccessResponse;
import accounts.v1.BatchGetMembershipsRequest;
import accounts.v1.BatchGetMembershipsResponse;
import accounts.v1.ChangeMemberRoleRequest;
import accounts.v1.ChangeMemberRoleResponse;
import accounts.v1.CheckAccessRequest;
import accounts.v1.CheckAccessResponse;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetMembershipResponse;
import accounts.v1.Membership;
import accounts.v1.MembershipKey;
import accounts.v1.MembershipResult;
import accounts.v1.RemoveUserFromOrganizationRequest;
import accounts.v1.RemoveUserFromOrganizationResponse;
import accounts.v1.Role;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The command {@code accounts member}, with the RPCs about memberships. */
@Command(
    name = "member",
    description = "Members of organizations and their roles.",
    synopsisSubcommandLabel = "COMMAND")
final class MemberCommand {

  /** The exit code of a check that was answered with a refusal: a script must not go on by it. */
  private static final int REFUSED = 3;

  private final Main main;

  MemberCommand(Main main) {
    this.main = main;
  }

  @Command(description = "Adds a user to an organization.")
  int add(@Mixin Member member, @Mixin NewRole role, @Mixin Actor actor, @Mixin WriteFlags write) {
    AddUserToOrganizationRequest request =
        AddUserToOrganizationRequest.newBuilder()
            .setOrganizationName(member.organization)
            .setMemberUsername(member.username)
            .setRole(role.role)
            .setAddingUser(actor.username)
            .setRequestId(write.requestId())
            .build();
    try (Session session = main.session()) {
      AddUserToOrganizationResponse r =
          session.call(AccountServiceGrpc.getAddUserToOrganizationMethod(), request);
      session.output().response(r, table(r.getMembership()));
    }
    return 0;
  }

  @Command(description = "Prints the membership of a user in an organization.")
  int get(@Mixin Member member, @Mixin ExpectedUid uid, @Mixin ReadFlags read) {
    GetMembershipRequest request =
        GetMembershipRequest.newBuilder()
            .setOrganizationName(member.organization)
            .setUsername(member.username)
            .setConsistency(read.consistency())
            .setMinRevision(read.minRevision())
            .setExpectedUid(uid.value)
            .build();
    try (Session session = main.session()) {
      GetMembershipResponse r = session.call(AccountServiceGrpc.getGetMembershipMethod(), request);
      List<String> from = Columns.of(r.getSource(), r.getAge());
      session
          .output()
          .response(
              r,
              new Table(Columns.join(Columns.MEMBERSHIP, Columns.READ))
                  .row(Columns.join(Columns.of(r.getMembership()), from)));
    }
    return 0;
  }

  @Command(name = "batch-get", description = "Prints up to 100 memberships.")
  int batchGet(
      @Parameters(paramLabel = "ORGANIZATION/USERNAME", arity = "1..*", converter = Key.class)
          List<MembershipKey> keys,
      @Mixin ReadFlags read) {
    BatchGetMembershipsRequest request =
        BatchGetMembershipsRequest.newBuilder()
            .addAllKeys(keys)
            .setConsistency(read.consistency())
            .setMinRevision(read.minRevision())
            .build();
    try (Session session = main.session()) {
      BatchGetMembershipsResponse r =
          session.call(AccountServiceGrpc.getBatchGetMembershipsMethod(), request);
      Table table =
          new Table(Columns.join(Columns.FOUND, Columns.join(Columns.MEMBERSHIP, Columns.READ)));
      List<String> from = Columns.of(r.getSource(), r.getAge());
      r.getResultsList().forEach(result -> table.row(Columns.join(cells(result), from)));
      session.output().response(r, table);
    }
    return 0;
  }

  @Command(
      description =
          "Says whether a user has at least a role in an organization. Exits with 3 if it has not.")
  int check(
      @Mixin Member member, @Mixin LeastRole role, @Mixin MeantUids meant, @Mixin ReadFlags read) {
    CheckAccessRequest request =
        CheckAccessRequest.newBuilder()
            .setOrganizationName(member.organization)
            .setUsername(member.username)
            .setRequiredRole(role.role)
            .setUserUid(meant.user)
            .setOrganizationUid(meant.organization)
            .setConsistency(read.consistency())
            .setMinRevision(read.minRevision())
            .build();
    try (Session session = main.session()) {
      CheckAccessResponse r = session.call(AccountServiceGrpc.getCheckAccessMethod(), request);
      List<String> from = Columns.of(r.getSource(), r.getAge());
      session
          .output()
          .response(
              r,
              new Table(Columns.join(Columns.ACCESS, Columns.READ))
                  .row(Columns.join(Columns.of(request, r), from)));
      return r.getAllowed() ? 0 : REFUSED;
    }
  }

  @Command(
      name = "batch-check",
      description =
          "Says of up to 100 memberships whether they have at least a role. Exits with 3 if one has not.")
  int batchCheck(
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              required = true,
              converter = EnumNames.Roles.class,
              completionCandidates = EnumNames.Roles.class,
              description = "The least role that is enough: one of ${COMPLETION-CANDIDATES}.")
          Role role,
      @Parameters(paramLabel = "ORGANIZATION/USERNAME", arity = "1..*", converter = Key.class)
          List<MembershipKey> keys,
      @Mixin ReadFlags read) {
    BatchCheckAccessRequest request =
        BatchCheckAccessRequest.newBuilder()
            .addAllChecks(keys.stream().map(key -> check(key, role)).toList())
            .setConsistency(read.consistency())
            .setMinRevision(read.minRevision())
            .build();
    try (Session session = main.session()) {
      BatchCheckAccessResponse r =
          session.call(AccountServiceGrpc.getBatchCheckAccessMethod(), request);
      Table table = new Table(Columns.join(Columns.ACCESS, Columns.READ));
      List<String> from = Columns.of(r.getSource(), r.getAge());
      r.getResultsList().forEach(result -> table.row(Columns.join(Columns.of(result), from)));
      session.output().response(r, table);
      return r.getResultsList().stream().allMatch(AccessResult::getAllowed) ? 0 : REFUSED;
    }
  }

  private static AccessCheck check(MembershipKey key, Role role) {
    return AccessCheck.newBuilder()
        .setOrganizationName(key.getOrganizationName())
        .setUsername(key.getUsername())
        .setRequiredRole(role)
        .build();
  }

  @Command(description = "Changes the role of a member.")
  int role(
      @Mixin Member member, @Mixin NewRole role, @Mixin Actor actor, @Mixin ChangeFlags change) {
    ChangeMemberRoleRequest request =
        ChangeMemberRoleRequest.newBuilder()
            .setOrganizationName(member.organization)
            .setUsername(member.username)
            .setRole(role.role)
            .setActingUser(actor.username)
            .setExpectedRevision(change.expectedRevision())
            .setRequestId(change.requestId())
            .build();
    try (Session session = main.session()) {
      ChangeMemberRoleResponse r =
          session.call(AccountServiceGrpc.getChangeMemberRoleMethod(), request);
      session.output().response(r, table(r.getMembership()));
    }
    return 0;
  }

  @Command(description = "Removes a member; prints the last role and the revision of the removal.")
  int remove(@Mixin Member member, @Mixin Actor actor, @Mixin ChangeFlags change) {
    RemoveUserFromOrganizationRequest request =
        RemoveUserFromOrganizationRequest.newBuilder()
            .setOrganizationName(member.organization)
            .setUsername(member.username)
            .setActingUser(actor.username)
            .setExpectedRevision(change.expectedRevision())
            .setRequestId(change.requestId())
            .build();
    try (Session session = main.session()) {
      RemoveUserFromOrganizationResponse r =
          session.call(AccountServiceGrpc.getRemoveUserFromOrganizationMethod(), request);
      session.output().response(r, table(r.getMembership()));
    }
    return 0;
  }

  private static Table table(Membership membership) {
    return new Table(Columns.MEMBERSHIP).row(Columns.of(membership));
  }

  private static List<String> cells(MembershipResult r) {
    if (r.hasMembership()) {
      return Columns.join(List.of("yes"), Columns.of(r.getMembership()));
    }
    String organization = r.getKey().getOrganizationName();
    return Columns.join(
        List.of("no"),
        Columns.absent(
            r.getNotFound().getRevision(),
            Columns.MEMBERSHIP,
            organization,
            r.getKey().getUsername()));
  }

  /** The arguments that identify a membership. */
  static final class Member {
    @Parameters(
        paramLabel = "ORGANIZATION",
        description = "Its slug, or a display name that is converted to it.")
    private String organization = "";

    @Parameters(paramLabel = "USERNAME", description = "The member.")
    private String username = "";
  }

  /** The argument for the new role. */
  static final class NewRole {
    @Parameters(
        paramLabel = "ROLE",
        converter = EnumNames.Roles.class,
        completionCandidates = EnumNames.Roles.class,
        description = "One of ${COMPLETION-CANDIDATES}.")
    private Role role = Role.ROLE_UNSPECIFIED;
  }

  /** The argument for the role that a check asks for. */
  static final class LeastRole {
    @Parameters(
        paramLabel = "ROLE",
        converter = EnumNames.Roles.class,
        completionCandidates = EnumNames.Roles.class,
        description = "The least role that is enough: one of ${COMPLETION-CANDIDATES}.")
    private Role role = Role.ROLE_UNSPECIFIED;
  }

  /** The options for who and what a check means. */
  static final class MeantUids {
    @Option(
        names = "--user-uid",
        paramLabel = "UID",
        defaultValue = "",
        description = "Refuse access to another user that has the username now.")
    private String user = "";

    @Option(
        names = "--organization-uid",
        paramLabel = "UID",
        defaultValue = "",
        description = "Refuse access in another organization that has the name now.")
    private String organization = "";
  }

  /** The option for the acting user. */
  static final class Actor {
    @Option(
        names = "--as",
        paramLabel = "USER",
        required = true,
        description = "Acting user: an owner or admin, or who leaves by itself.")
    private String username = "";
  }

  /**
   * Parses {@code organization/username}, split at the last slash, since no username contains one.
   */
  static final class Key implements ITypeConverter<MembershipKey> {
    @Override
    public MembershipKey convert(String text) {
      int slash = text.lastIndexOf('/');
      if (slash < 0) {
        throw new TypeConversionException("'" + text + "' (expected: ORGANIZATION/USERNAME)");
      }
      return MembershipKey.newBuilder()
          .setOrganizationName(text.substring(0, slash))
          .setUsername(text.substring(slash + 1))
          .build();
    }
  }
}
