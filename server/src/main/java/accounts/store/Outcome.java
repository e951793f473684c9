package accounts.store;

import accounts.domain.AccountError.Refusal;
import accounts.domain.Entity;
import accounts.domain.Invitation;
import accounts.domain.Resource;
import java.util.List;

/** The outcome of a mutation. */
public sealed interface Outcome {

  /**
   * The mutation was committed.
   *
   * @param resources of the response, in the contract's order, entities first
   */
  record Done(List<Resource> resources) implements Outcome {

    /** Returns the entities among the resources. */
    public List<Entity> entities() {
      return resources.stream().filter(Entity.class::isInstance).map(Entity.class::cast).toList();
    }

    /** Returns the invitations among the resources. */
    public List<Invitation> invitations() {
      return resources.stream()
          .filter(Invitation.class::isInstance)
          .map(Invitation.class::cast)
          .toList();
    }
  }

  /** The rules refused it. */
  record Refused(Refusal refusal) implements Outcome {}
}
