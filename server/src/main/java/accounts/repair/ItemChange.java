package accounts.repair;

import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Optional;

/**
 * An entity was changed in the store, by whomever.
 *
 * @param key the entity's
 * @param answer what the store answers since then, of the key's own kind; empty if it cannot be
 *     read
 */
public record ItemChange(EntityKey<?> key, Optional<Lookup<?>> answer) {}
