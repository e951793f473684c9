package accounts.server;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process. A signal would end the JVM with 128 plus its number, which Kubernetes
 * shows as a failure; after a stop in good order the process ends with 0 instead.
 */
final class Shutdown {

  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile Runnable stop = () -> {};

  /** Returns what ends this process; one for each process. */
  static Shutdown onSignals() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::signalled, "stop"));
    return shutdown;
  }

  private Shutdown() {}

  /** Sets what is to be done after a signal; until then there is nothing to do. */
  void stopping(Runnable action) {
    stop = action;
  }

  /** Exits with a code, unless a signal is ending the process already. */
  void exit(int code) {
    if (ending.compareAndSet(false, true)) {
      System.exit(code);
    }
  }

  private void signalled() {
    if (ending.compareAndSet(false, true)) {
      try {
        stop.run();
      } catch (RuntimeException e) { // the signal's own exit code tells of it
        log.error("not stopped in good order", e);
        return;
      }
      Runtime.getRuntime().halt(0);
    }
  }
}
