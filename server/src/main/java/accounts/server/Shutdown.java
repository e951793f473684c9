package accounts.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process. The thread that starts and runs the server is told of a signal, and stops
 * the server, however far the start has come. A signal would end the JVM with 128 plus its number,
 * which Kubernetes shows as a failure; after a stop in good order the process ends with 0 instead.
 */
final class Shutdown {

  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

  /** Far longer than it takes to hand over and to close. */
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final AtomicBoolean ending = new AtomicBoolean();
  private final Thread main = Thread.currentThread();
  private final StopSignal signal = new StopSignal();
  private volatile Duration longest = CLOSING;
  private volatile boolean inGoodOrder;

  /** Returns what ends this process when the calling thread has stopped; one for each process. */
  static Shutdown onSignals() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::signalled, "stop"));
    return shutdown;
  }

  private Shutdown() {}

  /** Returns the signal that ends the server. */
  StopSignal signal() {
    return signal;
  }

  /** Allows calls some time, before what is closed has its own. */
  void allow(Duration calls) {
    longest = calls.plus(CLOSING);
  }

  /** Notes that the server was stopped in good order after a signal. */
  void stopped() {
    inGoodOrder = true;
  }

  /** Exits with a code, unless a signal is ending the process already. */
  void exit(int code) {
    if (ending.compareAndSet(false, true)) {
      System.exit(code);
    }
  }

  private void signalled() {
    if (ending.compareAndSet(false, true)) {
      signal.give();
      awaitMain();
      if (inGoodOrder) {
        Runtime.getRuntime().halt(0);
      }
    }
  }

  private void awaitMain() {
    try {
      if (!main.join(longest)) {
        log.error("not stopped after {} s", longest.toSeconds());
      }
    } catch (InterruptedException e) { // nobody does; the signal's own exit code is the answer
      Thread.currentThread().interrupt();
    }
  }
}
