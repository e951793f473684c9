package accounts.client;

import java.util.Optional;

/**
 * Receives what is new in an {@link OrganizationReplica}, which has it already. Called by one
 * thread at a time, one of the client's: as long as it has not returned, the replica learns of
 * nothing, so it must not block. If it throws, the replica ends.
 */
public interface ReplicaListener {

  /**
   * The replica is complete, for the first time or after it was loaded anew: whatever was made of
   * its contents is to be made anew.
   */
  default void loaded() {}

  /**
   * A user is a member now, or has another role, or is no longer a member.
   *
   * @param username the user
   * @param role its role; empty if it is not a member
   */
  default void memberChanged(String username, Optional<Role> role) {}

  /**
   * The organization itself has changed.
   *
   * @param organization as it is now; empty if there is none
   */
  default void organizationChanged(Optional<Organization> organization) {}

  /**
   * The replica has ended, and not because it or its client was closed.
   *
   * @param failure why
   */
  default void ended(AccountsException failure) {}
}
