package accounts.watch;

import accounts.store.FeedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A caller of a watch, which takes what it is sent as long as the test says so. */
final class RecordingSink implements WatchSink {

  final List<FeedChange> changes = new ArrayList<>();
  boolean takes = true;
  int sends;
  boolean stalled;
  @Nullable FeedPositions reached;
  @Nullable WatchEnd end;
  @Nullable Throwable failure;

  /** Returns the revisions of the changes, in the order in which they came. */
  List<Long> revisions() {
    return changes.stream().map(change -> change.revision().value()).toList();
  }

  @Override
  public boolean isReady() {
    return takes;
  }

  @Override
  public void send(List<FeedChange> sent, FeedPositions positions, boolean isStalled) {
    sends++;
    changes.addAll(sent);
    reached = positions;
    stalled = isStalled;
  }

  @Override
  public void end(WatchEnd why, Optional<FeedPositions> positions) {
    end = why;
    reached = positions.orElse(null);
  }

  @Override
  public void fail(Throwable why) {
    failure = why;
  }
}
