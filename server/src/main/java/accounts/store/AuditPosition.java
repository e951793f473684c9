package accounts.store;

import accounts.domain.EntityKey;
import accounts.domain.Revision;

/**
 * A place in a trail.
 *
 * @param entity the user or organization whose trail it is, or one of its memberships
 * @param revision the one that the change made; need not exist
 */
public record AuditPosition(EntityKey<?> entity, Revision revision) {}
