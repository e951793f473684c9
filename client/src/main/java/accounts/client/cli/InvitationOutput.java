package accounts.client.cli;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.ListInvitationsRequest;
import accounts.v1.ListInvitationsResponse;

/** Prints lists of invitations: the subcommand {@code invitations} of users and organizations. */
final class InvitationOutput {

  private InvitationOutput() {}

  /**
   * Prints a page, or all.
   *
   * @param request says whose invitations
   */
  static void print(Main main, ListInvitationsRequest.Builder request, PageFlags page) {
    request.setPageSize(page.pageSize());
    try (Session session = main.session()) {
      page.print(
          session.output(),
          Columns.INVITATION,
          token ->
              session.call(
                  AccountServiceGrpc.getListInvitationsMethod(),
                  request.setPageToken(token).build()),
          r -> r.getInvitationsList().stream().map(Columns::of),
          ListInvitationsResponse::getNextPageToken);
    }
  }
}
