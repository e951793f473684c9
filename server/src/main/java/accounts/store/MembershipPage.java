package accounts.store;

import accounts.domain.Membership;
import java.util.List;

/**
 * A page of memberships.
 *
 * @param more whether there are more after the last of these
 */
public record MembershipPage(List<Membership> memberships, boolean more) {}
