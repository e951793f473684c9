package accounts.domain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of labels, of which those that it does not name stay: so callers with labels of their
 * own need not know of each other.
 *
 * @param set what is set
 * @param removed keys of what is removed, unless it is set
 */
public record LabelChange(Labels set, List<LabelKey> removed) {

  /** Changes nothing. */
  public static final LabelChange NOTHING = new LabelChange(Labels.NONE, List.of());

  /** Copies the list. */
  public LabelChange {
    removed = List.copyOf(removed);
  }

  /** Returns how many labels there are after the change. */
  public int countAfter(Labels before) {
    return changed(before).size();
  }

  /**
   * Returns the labels after the change.
   *
   * @throws InvalidValueException if there are too many then
   */
  public Labels after(Labels before) {
    return set.isEmpty() && removed.isEmpty() ? before : Labels.of(changed(before));
  }

  private Map<String, String> changed(Labels before) {
    Map<String, String> after = new HashMap<>(before.values());
    removed.forEach(key -> after.remove(key.value()));
    after.putAll(set.values());
    return after;
  }
}
