package accounts.bench.harness;

import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Plays episodes in random order, each equally often, with pauses in between. For one thread; other
 * threads may read the counts when it has ended.
 */
final class Schedule {

  private final Cluster cluster;
  private final Ledger ledger;
  private final List<Episode> episodes;
  private final Random random;
  private final Duration longestHold;
  private final Map<Episode, Long> injected = new LinkedHashMap<>();

  /**
   * @param longestHold how long an episode lasts at most; it lasts at least a third of that
   */
  Schedule(
      Cluster cluster, Ledger ledger, List<Episode> episodes, long seed, Duration longestHold) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.episodes = episodes;
    this.random = new Random(seed);
    this.longestHold = longestHold;
    episodes.forEach(episode -> injected.put(episode, 0L));
  }

  /** Plays episodes until this time has passed, and then the rest of the round. */
  void play(Duration time, Workload.Extras extras) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    if (episodes.isEmpty()) {
      Thread.sleep(time);
    }
    while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
      List<Episode> round = new ArrayList<>(episodes);
      Collections.shuffle(round, random);
      for (Episode episode : round) {
        play(episode, extras);
        Thread.sleep(part(longestHold.dividedBy(3)));
      }
    }
  }

  private void play(Episode episode, Workload.Extras extras) throws InterruptedException {
    Duration hold = longestHold.dividedBy(3).plus(part(longestHold.multipliedBy(2).dividedBy(3)));
    ledger.note("begin: " + episode.name());
    long count = episode.action().play(new FaultContext(cluster, ledger, extras, random, hold));
    ledger.note("end: " + episode.name() + ", " + count);
    injected.merge(episode, count, Long::sum);
  }

  private Duration part(Duration longest) {
    return Duration.ofNanos(random.nextLong(1 + longest.toNanos()));
  }

  /** Returns how many faults of each class were injected. */
  Map<Episode, Long> injected() {
    return injected;
  }
}
