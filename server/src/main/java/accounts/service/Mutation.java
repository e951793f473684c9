package accounts.service;

import accounts.domain.EntityKey;
import accounts.domain.Username;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A change that a caller asks for, as a pure function from what was read to what to commit. It may
 * run repeatedly.
 */
public sealed interface Mutation
    permits CreateUser,
        UpdateUser,
        ChangeUserState,
        BeginDeletion,
        RemoveMemberships,
        EndDeletion,
        GiveUpDeletion,
        RestoreAccount,
        PurgeUser,
        CreateOrganization,
        UpdateOrganization,
        AddUserToOrganization,
        InviteUser,
        AcceptInvitation,
        DeleteInvitation,
        ChangeMemberRole,
        RemoveUserFromOrganization {

  /**
   * Returns the user on whose behalf it is made; empty for what no user does, but whoever has the
   * scope for it.
   */
  Optional<Username> actor();

  /** Returns the acting user as the audit trail has it; empty for the creation of that user. */
  default Optional<Username> recordedActor() {
    return actor();
  }

  /**
   * Returns whether its commit is the outcome of the request, and is recorded as such; false for
   * one that others follow.
   */
  default boolean isOutcome() {
    return true;
  }

  /**
   * Returns whether its refusal is the outcome of the request, and is recorded as such; false if
   * the request then goes another way.
   */
  default boolean isRefusalOutcome() {
    return true;
  }

  /** Returns the keys that the decision reads, those that it changes included. */
  Set<EntityKey<?>> readSet();

  /**
   * Decides what to commit, or refuses.
   *
   * @param seen the answer to each key of {@link #readSet}; may be out of date, so the commit has
   *     conditions
   * @param now the time of new revisions
   */
  Decision decide(Lookups seen, Instant now);
}
