package accounts.grpc;

import accounts.domain.Invitation;
import accounts.grpc.InvitationRequests.RequestedInvitations;
import accounts.store.InvitationPage;
import accounts.store.InvitationQuery;
import accounts.v1.ListInvitationsResponse;

/** Builds the response of the list of invitations. */
final class InvitationMessages {

  private InvitationMessages() {}

  static ListInvitationsResponse response(RequestedInvitations requested, InvitationPage page) {
    return ListInvitationsResponse.newBuilder()
        .addAllInvitations(page.invitations().stream().map(Messages::of).toList())
        .setNextPageToken(next(requested, page))
        .build();
  }

  private static String next(RequestedInvitations requested, InvitationPage page) {
    return page.more()
        ? PageToken.after(
            place(requested.query(), page.invitations().getLast()), requested.identity())
        : "";
  }

  private static String place(InvitationQuery query, Invitation last) {
    return switch (query) {
      case InvitationQuery.OfOrganization of -> last.username().value();
      case InvitationQuery.OfUser of -> last.organization().value();
    };
  }
}
