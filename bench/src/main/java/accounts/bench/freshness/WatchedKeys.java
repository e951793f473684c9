package accounts.bench.freshness;

import accounts.bench.history.Key;
import accounts.bench.history.Kind;
import accounts.bench.history.Watch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** The keys that readers read at the moment, a few dozen at most. Safe for any thread. */
final class WatchedKeys {

  private final Map<String, Watch> watches = new ConcurrentHashMap<>();
  private volatile List<Watch> all = List.of();

  void put(Watch watch) {
    watches.put(watch.key().toString(), watch);
    all = List.copyOf(watches.values());
  }

  void remove(Watch watch) {
    watches.remove(watch.key().toString());
    all = List.copyOf(watches.values());
  }

  /** Returns the watch of a key; empty if there is none. */
  Optional<Watch> find(Key key) {
    return Optional.ofNullable(watches.get(key.toString()));
  }

  List<Watch> all() {
    return all;
  }

  /** Returns one of them at random. */
  Watch any() {
    List<Watch> now = all;
    return now.get(ThreadLocalRandom.current().nextInt(now.size()));
  }

  /** Returns the watches of one kind, at most as many as a batch may hold. */
  List<Watch> batch(Kind kind) {
    return all.stream().filter(watch -> watch.key().kind() == kind).limit(100).toList();
  }
}
