package accounts.client.cli;

import accounts.v1.User;
import java.util.Optional;

/** What an export reads again, because it was changed while everything was read. */
interface ExportReads {

  /** Returns the user; empty if it does not exist or is being deleted. */
  Optional<User> user(String username) throws InterruptedException;

  /** Returns whether the organization exists and is not being deleted. */
  boolean hasOrganization(String name) throws InterruptedException;

  /**
   * Returns an owner of the organization who exists and is not being deleted; empty if there is
   * none, or no such organization.
   */
  Optional<User> owner(String organization) throws InterruptedException;
}
