package accounts.service;

import accounts.domain.EntityKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sets of keys that may be one and the same. */
final class Keys {

  private Keys() {}

  static Set<EntityKey<?>> distinct(EntityKey<?>... keys) {
    return new LinkedHashSet<>(List.of(keys));
  }
}
