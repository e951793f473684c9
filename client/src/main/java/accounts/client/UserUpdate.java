package accounts.client;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An update of a user: {@code UserUpdate.of("olivia").firstName("Liv").label("plan", "paid")}.
 * Names and labels that it does not name stay as they are.
 *
 * @param username of the user
 * @param newFirstName the new given name, if it changes
 * @param newLastName the new family name, if it changes
 * @param newLabels labels that are set
 * @param removedLabels keys of labels that are removed; one that is not there is no error
 */
public record UserUpdate(
    String username,
    Optional<String> newFirstName,
    Optional<String> newLastName,
    Map<String, String> newLabels,
    Set<String> removedLabels) {

  /** Copies the labels, in the order of their keys. */
  public UserUpdate {
    newLabels = LabelMaps.copy(newLabels);
    removedLabels = LabelMaps.copy(removedLabels);
  }

  /** Makes one that leaves the labels. */
  public UserUpdate(String username, Optional<String> newFirstName, Optional<String> newLastName) {
    this(username, newFirstName, newLastName, Map.of(), Set.of());
  }

  /** Returns an update of this user that changes nothing yet. */
  public static UserUpdate of(String username) {
    return new UserUpdate(username, Optional.empty(), Optional.empty());
  }

  /** Returns this update with a new given name. */
  public UserUpdate firstName(String firstName) {
    return new UserUpdate(username, Optional.of(firstName), newLastName, newLabels, removedLabels);
  }

  /** Returns this update with a new family name. */
  public UserUpdate lastName(String lastName) {
    return new UserUpdate(username, newFirstName, Optional.of(lastName), newLabels, removedLabels);
  }

  /** Returns this update with a label that is set. */
  public UserUpdate label(String key, String value) {
    return new UserUpdate(
        username, newFirstName, newLastName, LabelMaps.with(newLabels, key, value), removedLabels);
  }

  /** Returns this update with a label that is removed, unless it is set as well. */
  public UserUpdate removeLabel(String key) {
    Set<String> removed = new TreeSet<>(removedLabels);
    removed.add(key);
    return new UserUpdate(username, newFirstName, newLastName, newLabels, removed);
  }
}
