package accounts.store;

import accounts.domain.AccountError.Refusal;
import accounts.domain.Entity;
import java.util.List;

/** What came of a mutation. */
public sealed interface Outcome {

  /**
   * It was done.
   *
   * @param entities what it answers with, in the order of the contract's response
   */
  record Done(List<Entity> entities) implements Outcome {}

  /** The rules refused it. */
  record Refused(Refusal refusal) implements Outcome {}
}
