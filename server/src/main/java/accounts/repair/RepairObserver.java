package accounts.repair;

/** Is told what the repair does, for metrics. Must not block. */
public interface RepairObserver {

  /** Records of the stream were dealt with, those that the repair has no interest in included. */
  void handled(int records);

  /** Cells were right already, held nothing, or were invalidated. */
  void settled(int cells);

  /** What a notice asked for was done. */
  void noticeDone();

  /** This instance gave a shard of the stream up to whichever instance takes it. */
  void shardGivenUp();
}
