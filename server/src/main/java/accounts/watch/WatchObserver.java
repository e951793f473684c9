package accounts.watch;

import java.time.Duration;

/** Observes watches, for metrics. Must not block. */
public interface WatchObserver {

  /** Called when changes were sent to one caller. */
  void sent(int changes);

  /** Called when a watch ended. */
  void ended(WatchEnd end);

  /** Called when a watch was refused, since there are too many. */
  void refused();

  /**
   * Called when blocks of the feed arrived.
   *
   * @param delay the age of the oldest of their changes
   */
  void arrived(Duration delay);
}
