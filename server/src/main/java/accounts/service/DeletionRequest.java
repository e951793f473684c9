package accounts.service;

import accounts.domain.EntityKey.AccountKey;
import accounts.domain.Revision;
import accounts.domain.Username;
import java.util.Optional;

/**
 * What a caller asks to be deleted.
 *
 * @param actingUser the owner as whom an organization is deleted; empty for a caller who needs no
 *     role
 * @param force whether memberships are removed with it
 * @param expected the revision that it must have; {@link Revision#NONE}: any
 */
public record DeletionRequest(
    AccountKey<?> key, Optional<Username> actingUser, boolean force, Revision expected) {}
