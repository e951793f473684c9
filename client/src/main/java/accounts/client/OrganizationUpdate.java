package accounts.client;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An update of an organization: {@code OrganizationUpdate.of("olivias-org").label("plan", "paid")}.
 * What it does not name stays as it is.
 *
 * @param organizationName the slug, or any name that is converted to it
 * @param newDisplayName the new display name, if it changes
 * @param newLabels labels that are set
 * @param removedLabels keys of labels that are removed; one that is not there is no error
 */
public record OrganizationUpdate(
    String organizationName,
    Optional<String> newDisplayName,
    Map<String, String> newLabels,
    Set<String> removedLabels) {

  /** Copies the labels, in the order of their keys. */
  public OrganizationUpdate {
    newLabels = LabelMaps.copy(newLabels);
    removedLabels = LabelMaps.copy(removedLabels);
  }

  /** Returns an update of this organization that changes nothing yet. */
  public static OrganizationUpdate of(String organizationName) {
    return new OrganizationUpdate(organizationName, Optional.empty(), Map.of(), Set.of());
  }

  /** Returns this update with a new display name. */
  public OrganizationUpdate displayName(String displayName) {
    return new OrganizationUpdate(
        organizationName, Optional.of(displayName), newLabels, removedLabels);
  }

  /** Returns this update with a label that is set. */
  public OrganizationUpdate label(String key, String value) {
    return new OrganizationUpdate(
        organizationName, newDisplayName, LabelMaps.with(newLabels, key, value), removedLabels);
  }

  /** Returns this update with a label that is removed, unless it is set as well. */
  public OrganizationUpdate removeLabel(String key) {
    Set<String> removed = new TreeSet<>(removedLabels);
    removed.add(key);
    return new OrganizationUpdate(organizationName, newDisplayName, newLabels, removed);
  }
}
