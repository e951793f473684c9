package accounts.client;

import java.util.Optional;

/**
 * The answer to an {@link AccessCheck}. A refusal is an answer and not an error.
 *
 * @param allowed whether the user has the required role, or a higher one, and is not suspended
 * @param reason why
 * @param role of the user in the organization; empty if it is not a member
 * @param membershipRevision of the membership that the answer rests on; if there is none, of its
 *     removal, or 0 if it never existed
 * @param userRevision of the user that the answer rests on; 0 if it does not exist
 */
public record AccessDecision(
    boolean allowed,
    AccessReason reason,
    Optional<Role> role,
    long membershipRevision,
    long userRevision) {}
