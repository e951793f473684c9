package accounts.read;

import accounts.domain.EntityKey;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;

/** Observes reads, for metrics and audits. Must neither block nor throw. */
public interface ReadObserver {

  /** Ignores everything. */
  ReadObserver NONE = new ReadObserver() {};

  /** Called when a read of a key was answered. */
  default void answered(ReadOptions options, EntityKey<?> key, ReadResult<?> result) {}

  /** Called when a shared load begins. */
  default void loadStarted() {}

  /** Called when a caller joins a shared load. */
  default void loadJoined() {}

  /** Called when a load waits for another instance that is loading the key. */
  default void loadAwaited() {}
}
