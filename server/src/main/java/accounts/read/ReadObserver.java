package accounts.read;

import accounts.service.ReadOptions;
import accounts.service.ReadResults;

/** Observes reads, for metrics and audits. Must neither block nor throw. */
public interface ReadObserver {

  /** Ignores everything. */
  ReadObserver NONE = new ReadObserver() {};

  /** Called when reads were answered. */
  default void answered(ReadOptions options, ReadResults results) {}

  /** Called when a shared load begins. */
  default void loadStarted() {}

  /** Called when a caller joins a shared load. */
  default void loadJoined() {}

  /** Called when a load waits for another instance that is loading the key. */
  default void loadAwaited() {}
}
