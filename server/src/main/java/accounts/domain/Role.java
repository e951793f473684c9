package accounts.domain;

import java.util.Set;

/** What a member may do in an organization. */
public enum Role {
  /** May grant and revoke any role. */
  OWNER,
  /** May grant and revoke {@link #ADMIN} and {@link #MEMBER}. */
  ADMIN,
  /** May leave, and change nothing else. */
  MEMBER;

  /** Returns the roles that are enough where this one is required: itself and those above. */
  public Set<Role> sufficient() {
    return switch (this) {
      case OWNER -> Set.of(OWNER);
      case ADMIN -> Set.of(OWNER, ADMIN);
      case MEMBER -> Set.of(OWNER, ADMIN, MEMBER);
    };
  }

  /** Returns the roles that may grant or revoke this one. */
  public Set<Role> managers() {
    return this == OWNER ? Set.of(OWNER) : Set.of(OWNER, ADMIN);
  }
}
