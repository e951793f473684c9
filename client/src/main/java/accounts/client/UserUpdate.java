package accounts.client;

import java.util.Optional;

/**
 * An update of a user: {@code UserUpdate.of("olivia").firstName("Liv")}. Names that are not set
 * stay as they are.
 *
 * @param username of the user
 * @param newFirstName the new given name, if it changes
 * @param newLastName the new family name, if it changes
 */
public record UserUpdate(
    String username, Optional<String> newFirstName, Optional<String> newLastName) {

  /** Returns an update of this user that changes nothing yet. */
  public static UserUpdate of(String username) {
    return new UserUpdate(username, Optional.empty(), Optional.empty());
  }

  /** Returns this update with a new given name. */
  public UserUpdate firstName(String firstName) {
    return new UserUpdate(username, Optional.of(firstName), newLastName);
  }

  /** Returns this update with a new family name. */
  public UserUpdate lastName(String lastName) {
    return new UserUpdate(username, newFirstName, Optional.of(lastName));
  }
}
