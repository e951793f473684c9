package accounts.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Closes resources at the end of the process, in reverse order of their start.
 *
 * <p>A signal ends the JVM with exit code 130 or 143, for which make prints an error. A clean stop
 * is no error, so the shutdown hook halts with 0.
 */
final class Shutdown {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final AtomicBoolean ending = new AtomicBoolean();

  Shutdown() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::run, "shutdown"));
  }

  /** Registers a resource to be closed at the end; returns it. */
  synchronized <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }

  /**
   * Starts a resource and registers it like {@link #closing}; the process cannot end between the
   * two.
   */
  synchronized <T extends AutoCloseable> T closingStarted(Supplier<T> start) {
    return closing(start.get());
  }

  /** Exits with this code, unless a signal is ending the process already. */
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
