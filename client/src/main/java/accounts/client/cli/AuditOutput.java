package accounts.client.cli;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.AuditEntry;
import accounts.v1.ListChangesRequest;
import accounts.v1.ListChangesResponse;
import accounts.v1.Role;
import accounts.v1.UserState;
import java.util.List;

/** Prints the audit trail: the subcommand {@code changes} of users and of organizations. */
final class AuditOutput {

  private static final List<String> HEADINGS =
      List.of(
          "CHANGED",
          "USERNAME",
          "ORGANIZATION",
          "ACTION",
          "FROM",
          "TO",
          "WHAT",
          "ACTING USER",
          "CALLER",
          "REQUEST ID");

  private AuditOutput() {}

  /**
   * Prints a page, or all.
   *
   * @param request says whose changes
   */
  static void print(Main main, ListChangesRequest.Builder request, PageFlags page) {
    request.setPageSize(page.pageSize());
    try (Session session = main.session()) {
      page.print(
          session.output(),
          HEADINGS,
          token ->
              session.call(
                  AccountServiceGrpc.getListChangesMethod(), request.setPageToken(token).build()),
          r -> r.getChangesList().stream().map(AuditOutput::cells),
          ListChangesResponse::getNextPageToken);
    }
  }

  private static List<String> cells(AuditEntry e) {
    return List.of(
        Columns.time(e.getChangeTime()),
        orDash(e.getUsername()),
        orDash(e.getOrganizationName()),
        Columns.bare(e.getAction(), "AUDIT_ACTION_"),
        Long.toString(e.getFromRevision()),
        Long.toString(e.getToRevision()),
        orDash(what(e)),
        orDash(actingUser(e)),
        orDash(e.getCaller()),
        orDash(e.getRequestId()));
  }

  /** Returns also who had invited it, where that led to the change. */
  private static String actingUser(AuditEntry e) {
    return e.getInvitingUser().isEmpty()
        ? e.getActingUser()
        : e.getActingUser() + " (invited by " + e.getInvitingUser() + ")";
  }

  /** Returns the fields that changed, a state with its new value, or the roles before and after. */
  private static String what(AuditEntry e) {
    String before = role(e.getRoleBefore());
    String after = role(e.getRoleAfter());
    String arrow = before.isEmpty() && after.isEmpty() ? "" : "->";
    return String.join(",", e.getChangedFieldsList())
        + state(e.getStateAfter())
        + before
        + arrow
        + after;
  }

  private static String state(UserState state) {
    return state == UserState.USER_STATE_UNSPECIFIED
        ? ""
        : "->" + Columns.bare(state, "USER_STATE_");
  }

  private static String role(Role role) {
    return role == Role.ROLE_UNSPECIFIED ? "" : Columns.bare(role, "ROLE_");
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
