package accounts.watch;

import accounts.store.FeedChange;
import java.util.List;
import java.util.Optional;

/**
 * Where a watch's changes go: one caller. Called by one thread at a time, and not after it was told
 * the end.
 */
public interface WatchSink {

  /** Returns whether more can be sent without being kept in memory for long. */
  boolean isReady();

  /**
   * Sends changes.
   *
   * @param changes may be none: then it says that the caller has all until here
   * @param reached where to go on after these
   * @param stalled whether changes may be missing that were made a while ago, since nobody appends
   *     to the feed or it cannot be read
   */
  void send(List<FeedChange> changes, FeedPositions reached, boolean stalled);

  /**
   * Ends the watch.
   *
   * @param reached where to go on; empty if it had not begun and was to begin now
   */
  void end(WatchEnd end, Optional<FeedPositions> reached);

  /** Ends a watch that could not begin. */
  void fail(Throwable failure);
}
