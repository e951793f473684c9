package accounts.repair;

/** Observes the repair, for metrics. Must not block. */
public interface RepairObserver {

  /** Called when records of the stream were dealt with, irrelevant ones included. */
  void handled(int records);

  /** Called when cells were up to date, empty, or invalidated. */
  void settled(int cells);

  /** Called when changes were appended to the feed that watchers read. */
  void appended(int changes);

  /** Called when a notice was done. */
  void noticeDone();

  /** Called when this instance gave up a shard of the stream for others to take. */
  void shardGivenUp();
}
