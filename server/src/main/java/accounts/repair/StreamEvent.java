package accounts.repair;

import accounts.domain.EntityKey;
import accounts.freshness.CellRequirement;
import accounts.store.Notice;

/** An event of the table's stream that the repair must act on. */
public sealed interface StreamEvent {

  /**
   * An entity was changed, through the service or out-of-band.
   *
   * @param requirement what the key's cell must hold from now on
   */
  record Changed(EntityKey<?> key, CellRequirement requirement) implements StreamEvent {}

  /** A writer that cannot reach the cache asks for help. */
  record NoticeLeft(Notice notice) implements StreamEvent {}
}
