package accounts.bench.freshness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Virtual threads that repeat a task until they are stopped. */
final class Workers {

  /** The task that a worker repeats. */
  interface Task {
    void run() throws InterruptedException;
  }

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  /**
   * Starts {@code count} workers.
   *
   * @param pause between two runs of the task, on average
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

  /** Stops all workers; returns when their last task has ended. */
  void stop() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
