package accounts.service;

import accounts.domain.EntityKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Builds sets of keys that may be equal. */
final class Keys {

  private Keys() {}

  static Set<EntityKey<?>> distinct(EntityKey<?>... keys) {
    return new LinkedHashSet<>(List.of(keys));
  }
}
