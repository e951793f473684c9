package accounts.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of the process, by itself or by a signal: what was started last is closed first.
 *
 * <p>A signal ends the JVM with 130 or 143, for which make prints an error; a clean stop is none,
 * so the hook halts with 0.
 */
final class Shutdown {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final AtomicBoolean ending = new AtomicBoolean();

  Shutdown() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::run, "shutdown"));
  }

  /** Has {@code resource} closed at the end. */
  synchronized <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }

  /** Ends the process with this code, unless a signal is ending it already. */
  void exit(int code) {
    if (ending.compareAndSet(false, true)) {
      System.exit(code);
    }
  }

  private void run() {
    boolean signalled = ending.compareAndSet(false, true);
    closeAll();
    if (signalled) {
      Runtime.getRuntime().halt(0);
    }
  }

  private synchronized void closeAll() {
    while (!open.isEmpty()) {
      close(open.pop());
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.err.println("error: while stopping: " + e.getMessage());
    }
  }
}
