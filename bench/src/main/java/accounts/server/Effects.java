package accounts.server;

import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.freshness.CellStamp;
import accounts.service.WriteEffects;
import java.util.HashMap;
import java.util.Map;

/** Removes parts of the effects of writes. */
final class Effects {

  private Effects() {}

  static WriteEffects withoutReliedOn(WriteEffects effects) {
    return new WriteEffects(effects.changed(), Map.of(), effects.seen());
  }

  static WriteEffects withoutThoseSeenEmpty(WriteEffects effects) {
    Map<EntityKey<?>, Lookup<?>> changed = new HashMap<>(effects.changed());
    changed.keySet().removeIf(key -> isSeenEmpty(effects, key));
    return new WriteEffects(changed, effects.reliedOn(), effects.seen());
  }

  private static boolean isSeenEmpty(WriteEffects effects, EntityKey<?> key) {
    return effects.stamp(key) instanceof CellStamp stamp && stamp.version().get().isEmpty();
  }
}
