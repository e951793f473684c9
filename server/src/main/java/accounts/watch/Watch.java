package accounts.watch;

import accounts.store.FeedBlock;
import accounts.store.FeedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One open watch: its places in the tails of its partitions. It keeps no changes of its own, so a
 * caller that does not read takes no memory here.
 */
final class Watch {

  /** The most changes that are sent at once, give or take a block. */
  private static final int CHANGES_AT_ONCE = 400;

  private final WatchSubject subject;
  private final WatchSink sink;
  private final List<Place> places;
  private final WatchObserver observer;
  private long sentAt;
  private long readyAt;

  /**
   * @param places in the order of the subject's partitions
   * @param now in nanoseconds from any origin
   */
  Watch(
      WatchSubject subject, WatchSink sink, List<Place> places, WatchObserver observer, long now) {
    this.subject = subject;
    this.sink = sink;
    this.places = places;
    this.observer = observer;
    this.sentAt = now;
    this.readyAt = now;
  }

  List<Place> places() {
    return places;
  }

  FeedPositions reached() {
    return new FeedPositions(places.stream().map(Place::position).toList());
  }

  /** Returns whether the caller takes what it is sent. */
  boolean isReady(long now) {
    boolean ready = sink.isReady();
    if (ready) {
      readyAt = now;
    }
    return ready;
  }

  /** Returns for how long the caller has taken nothing, in nanoseconds. */
  long stuck(long now) {
    return now - readyAt;
  }

  /** Returns how long ago something was sent, in nanoseconds. */
  long silent(long now) {
    return now - sentAt;
  }

  /** Sends what the tails have, as far as the caller takes it. */
  void advance(long now, boolean stalled) {
    boolean full = true;
    while (full) {
      boolean ready = isReady(now);
      List<FeedChange> found = new ArrayList<>();
      places.forEach(place -> collect(place, ready, found));
      if (!found.isEmpty()) {
        send(found, now, stalled);
      }
      full = found.size() >= CHANGES_AT_ONCE;
    }
  }

  /** What does not concern this watch is passed even if the caller takes nothing. */
  private void collect(Place place, boolean ready, List<FeedChange> found) {
    Optional<FeedBlock> next = place.next();
    while (next.isPresent()) {
      List<FeedChange> own = own(next.get());
      if (!own.isEmpty() && (!ready || found.size() >= CHANGES_AT_ONCE)) {
        return;
      }
      found.addAll(own);
      place.pass();
      next = place.next();
    }
  }

  /**
   * Sends what was read for this watch alone, as far as the caller takes it: the rest is read again
   * later.
   */
  void deliver(Place place, List<FeedBlock> blocks, long now, boolean stalled) {
    List<FeedChange> found = new ArrayList<>();
    for (FeedBlock block : blocks) {
      List<FeedChange> own = own(block);
      if (!own.isEmpty() && !isReady(now)) {
        break;
      }
      found.addAll(own);
      place.pass();
      if (found.size() >= CHANGES_AT_ONCE) {
        send(found, now, stalled);
        found = new ArrayList<>();
      }
    }
    if (!found.isEmpty()) {
      send(found, now, stalled);
    }
  }

  private List<FeedChange> own(FeedBlock block) {
    return block.changes().stream().filter(change -> subject.includes(change.entity())).toList();
  }

  /**
   * Sends changes.
   *
   * @param changes may be none
   */
  void send(List<FeedChange> changes, long now, boolean stalled) {
    sink.send(changes, reached(), stalled);
    observer.sent(changes.size());
    sentAt = now;
  }
}
