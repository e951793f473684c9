package accounts.service;

import accounts.domain.AccountError.Refusal;
import accounts.domain.Resource;
import accounts.store.Change;
import java.util.List;

/** The decision of a mutation: commit, or refuse. */
public sealed interface Decision {

  /**
   * Commit these changes.
   *
   * @param changes together with the conditions that the decision depends on
   * @param result the resources of the response
   */
  record Proceed(List<Change> changes, List<Resource> result) implements Decision {}

  /** Refuse the mutation. */
  record Refuse(Refusal refusal) implements Decision {}
}
