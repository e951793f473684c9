package accounts.service;

import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountError.RevisionMismatch;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import java.util.Optional;

/** The rule that a change is only made at the revision that its caller has seen. */
final class ExpectedRevision {

  private ExpectedRevision() {}

  /**
   * Returns why an entity may not be changed; empty if it is at the expected revision.
   *
   * @param expected {@link Revision#NONE}: any
   */
  static Optional<Refusal> refusal(EntityKey<?> key, Revision expected, Revision actual) {
    return expected.equals(Revision.NONE) || expected.equals(actual)
        ? Optional.empty()
        : Optional.of(new RevisionMismatch(key, expected, actual));
  }
}
