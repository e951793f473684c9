package accounts.service;

import accounts.domain.Revision;
import accounts.domain.Role;
import java.util.Optional;

/**
 * The answer to an {@link AccessCheck}.
 *
 * @param role of the user; empty if it is not a member
 * @param membership the revision of the membership, or of its removal; {@link Revision#NONE} if it
 *     never was
 * @param user the revision of the user; {@link Revision#NONE} if there is none
 */
public record AccessDecision(
    Reason reason, Optional<Role> role, Revision membership, Revision user) {

  /** Why a user has access, or has none. */
  public enum Reason {
    /** It has the required role, or a higher one. */
    ROLE,
    /** It is not a member. */
    NOT_A_MEMBER,
    /** It is a member with a lower role. */
    ROLE_TOO_LOW,
    /** It is a member, and suspended. */
    USER_SUSPENDED,
    /** It is a member, and being deleted. */
    USER_BEING_DELETED,
    /** There is no such user. */
    USER_NOT_FOUND,
    /** The username belongs to another user than the one that is meant. */
    OTHER_USER,
    /** The name belongs to another organization than the one that is meant, or to none any more. */
    OTHER_ORGANIZATION
  }

  /** Returns whether the user has access. */
  public boolean isAllowed() {
    return reason == Reason.ROLE;
  }
}
