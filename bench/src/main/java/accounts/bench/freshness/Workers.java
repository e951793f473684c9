package accounts.bench.freshness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Virtual threads that do something again and again until they are stopped. */
final class Workers {

  /** What a worker does once. */
  interface Task {
    void run() throws InterruptedException;
  }

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  /**
   * Starts some.
   *
   * @param pause between two times, on average
   */
  void start(String name, int count, Duration pause, Task task) {
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofVirtual().name(name + "-" + i).start(() -> work(pause, task)));
    }
  }

  private void work(Duration pause, Task task) {
    try {
      while (!stopping) {
        task.run();
        Thread.sleep(
            Duration.ofNanos(ThreadLocalRandom.current().nextLong(1 + 2 * pause.toNanos())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has them end what they are at, and waits for that. */
  void stop() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
