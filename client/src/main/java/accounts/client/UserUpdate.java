package accounts.client;

import java.util.Optional;

/**
 * What to change about a user: {@code UserUpdate.of("olivia").firstName("Liv")}. What is not said
 * stays as it is.
 *
 * @param username whom
 * @param newFirstName the new given name, if it changes
 * @param newLastName the new family name, if it changes
 */
public record UserUpdate(
    String username, Optional<String> newFirstName, Optional<String> newLastName) {

  /** A change of this user that changes nothing yet. */
  public static UserUpdate of(String username) {
    return new UserUpdate(username, Optional.empty(), Optional.empty());
  }

  /** This change, with this given name. */
  public UserUpdate firstName(String firstName) {
    return new UserUpdate(username, Optional.of(firstName), newLastName);
  }

  /** This change, with this family name. */
  public UserUpdate lastName(String lastName) {
    return new UserUpdate(username, newFirstName, Optional.of(lastName));
  }
}
