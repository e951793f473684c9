package accounts.service;

import accounts.domain.EntityKey;
import accounts.store.Lookups;
import java.time.Instant;
import java.util.Set;

/**
 * A change that a caller asks for, as a rule: given what is seen, what is to be done. Pure, since
 * it may run repeatedly.
 */
public sealed interface Mutation
    permits CreateUser,
        UpdateUser,
        CreateOrganization,
        AddUserToOrganization,
        ChangeMemberRole,
        RemoveUserFromOrganization {

  /** Returns what the rule has to see; what it changes is among it. */
  Set<EntityKey<?>> readSet();

  /**
   * Decides.
   *
   * @param seen an answer to each of {@link #readSet}; may be out of date, so a commit names what
   *     it depends on
   * @param now what new revisions are dated by
   */
  Decision decide(Lookups seen, Instant now);
}
