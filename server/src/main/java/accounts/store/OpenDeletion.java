package accounts.store;

import accounts.domain.EntityKey.AccountKey;
import accounts.domain.EntityKey.MembershipKey;
import java.util.List;

/**
 * A deletion that has not ended yet, as its note says. Each step is made by one who knows the note
 * as it was left by the step before, and has made sure that no read shows what that removed.
 *
 * @param progress how many steps were made, and how many times somebody took it over
 * @param step the memberships that the last step removed
 */
public record OpenDeletion(Deletion deletion, long progress, List<MembershipKey> step) {

  /** Copies the list. */
  public OpenDeletion {
    step = List.copyOf(step);
  }

  /** Returns what it is when it has just begun. */
  public static OpenDeletion begun(Deletion deletion) {
    return new OpenDeletion(deletion, 0, List.of());
  }

  public AccountKey<?> key() {
    return deletion.key();
  }

  /** Returns what it is after a step that removes these memberships. */
  public OpenDeletion after(List<MembershipKey> removed) {
    return new OpenDeletion(deletion, progress + 1, removed);
  }

  /**
   * Returns what it is when somebody has taken it over.
   *
   * @param force whether memberships are removed from now on, if they were not before
   */
  public OpenDeletion taken(boolean force) {
    Deletion forced =
        new Deletion(
            deletion.key(), deletion.force() || force, deletion.origin(), deletion.fingerprint());
    return new OpenDeletion(forced, progress + 1, step);
  }
}
