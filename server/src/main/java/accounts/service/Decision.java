package accounts.service;

import accounts.domain.AccountError.Refusal;
import accounts.domain.Entity;
import accounts.store.Change;
import java.util.List;

/** What a rule makes of what it saw. */
public sealed interface Decision {

  /**
   * To be committed.
   *
   * @param changes with the conditions that the decision rests on
   * @param result what the caller is answered with
   */
  record Proceed(List<Change> changes, List<Entity> result) implements Decision {}

  /** Not allowed. */
  record Refuse(Refusal refusal) implements Decision {}
}
