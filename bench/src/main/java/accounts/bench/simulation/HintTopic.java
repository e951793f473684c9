package accounts.bench.simulation;

import accounts.domain.EntityKey;
import accounts.freshness.InvalidationHints;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The topic of hints: all instances hear each at the same moment. Those that have not read the key
 * since its last change have nothing to drop, and are left out.
 */
final class HintTopic {

  private final EventLoop loop;
  private final Latency latency;
  private final RandomGenerator random;
  private final List<Consumer<EntityKey<?>>> subscribers = new ArrayList<>();
  private final Map<EntityKey<?>, BitSet> readers = new HashMap<>();
  private final Rate published;

  HintTopic(EventLoop loop, Latency latency, RandomGenerator random) {
    this.loop = loop;
    this.latency = latency;
    this.random = random;
    this.published = new Rate(loop);
  }

  /** Adds the next instance. */
  void subscribe(Consumer<EntityKey<?>> subscriber) {
    subscribers.add(subscriber);
  }

  /** Notes that an instance may keep a key in memory. */
  void read(int instance, EntityKey<?> key) {
    readers.computeIfAbsent(key, k -> new BitSet()).set(instance);
  }

  /** Returns the topic as an instance reaches it. */
  InvalidationHints through(Network network) {
    return keys -> {
      if (!network.isCut()) {
        keys.keySet().forEach(this::publish);
      }
    };
  }

  private void publish(EntityKey<?> key) {
    published.add(1);
    loop.in(latency.next(random), () -> subscribers.forEach(subscriber -> subscriber.accept(key)));
  }

  /** Returns the hints that were given. */
  Rate published() {
    return published;
  }
}
