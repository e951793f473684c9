package accounts.store;

import accounts.domain.Invitation;
import java.util.List;

/**
 * A page of invitations.
 *
 * @param more whether there are more after the last of these
 */
public record InvitationPage(List<Invitation> invitations, boolean more) {}
