package accounts.store;

import accounts.domain.AccountError.Refusal;
import accounts.domain.Entity;
import java.util.List;

/** The outcome of a mutation. */
public sealed interface Outcome {

  /**
   * The mutation was committed.
   *
   * @param entities of the response, in the contract's order
   */
  record Done(List<Entity> entities) implements Outcome {}

  /** The rules refused it. */
  record Refused(Refusal refusal) implements Outcome {}
}
