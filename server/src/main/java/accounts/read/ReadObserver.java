package accounts.read;

import accounts.service.ReadOptions;
import accounts.service.ReadResults;

/** Hears of reads on their way. Must neither block nor throw. */
public interface ReadObserver {

  /** Hears nothing. */
  ReadObserver NONE = new ReadObserver() {};

  /** Reads were answered. */
  default void answered(ReadOptions options, ReadResults results) {}

  /** A load begins, for whoever wants the same key. */
  default void loadStarted() {}

  /** A caller shares a load that another asked for. */
  default void loadJoined() {}

  /** A load found that another instance is loading the key, and waits for it. */
  default void loadAwaited() {}
}
