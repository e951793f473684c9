package accounts.service;

import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import java.util.Map;

/**
 * The effects of a write that is about to be acknowledged.
 *
 * @param changed the new answer to each changed key
 * @param reliedOn every other key that the decision depends on, with the revision that it read:
 *     whoever learns of the decision may expect to read at least that
 * @param seen what the last read through the cache before the decision saw of these keys; a key may
 *     be missing
 */
public record WriteEffects(
    Map<EntityKey<?>, Lookup<?>> changed,
    Map<EntityKey<?>, Revision> reliedOn,
    Map<EntityKey<?>, Stamp> seen) {

  /** Copies the maps. */
  public WriteEffects {
    changed = Map.copyOf(changed);
    reliedOn = Map.copyOf(reliedOn);
    seen = Map.copyOf(seen);
  }

  /** Returns what was seen of a key. */
  public Stamp stamp(EntityKey<?> key) {
    return seen.getOrDefault(key, Stamp.NONE);
  }
}
