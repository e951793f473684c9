package accounts.repair;

import accounts.domain.EntityKey;
import accounts.freshness.CellRequirement;
import accounts.store.Notice;

/** Something that the table's stream says and the repair must act on. */
public sealed interface StreamEvent {

  /**
   * An entity was changed, by whomever.
   *
   * @param requirement what the key's cell must hold from now on, unless it holds nothing
   */
  record Changed(EntityKey<?> key, CellRequirement requirement) implements StreamEvent {}

  /** A writer that cannot reach the cache asks for help. */
  record NoticeLeft(Notice notice) implements StreamEvent {}
}
