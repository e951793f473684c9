package accounts.bench.abuse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What an attacker does. To be started and stopped once, by one thread. */
public final class Attack {

  /** One thread of an attack, which ends soon after the attack is over. */
  interface Attacker {

    /** Attacks until {@link Attack#isOver}, or throws when its connection is closed. */
    void attack(Attack attack) throws Exception;
  }

  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final String name;
  private final int threads;
  private final Attacker attacker;
  private final LongAdder done = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final List<Thread> running = new ArrayList<>();
  private final boolean isEnded;
  private volatile boolean over;

  /**
   * @param threads how many attack at once; each starts again when its connection is closed
   * @param isEnded whether the server must have refused, reset or closed something of it by the end
   */
  Attack(String name, int threads, boolean isEnded, Attacker attacker) {
    this.name = name;
    this.isEnded = isEnded;
    this.threads = threads;
    this.attacker = attacker;
  }

  /** Returns what is done, for people. */
  public String name() {
    return name;
  }

  /** Counts what the attackers did: calls, frames, messages. */
  void count() {
    done.increment();
  }

  /** Counts what the server did against it: calls refused, streams reset, connections closed. */
  void refused(long times) {
    refused.add(times);
  }

  boolean isOver() {
    return over;
  }

  /** Returns whether the server has acted against it, where it must. */
  public boolean wasMet() {
    return !isEnded || refused.sum() > 0;
  }

  /** Returns what came of it so far, for people. */
  public String effort() {
    return "%,d sent, %,d refused, reset or closed".formatted(done.sum(), refused.sum());
  }

  /** Starts the attack. */
  public void start() {
    for (int i = 0; i < threads; i++) {
      running.add(
          Thread.ofVirtual().name(name.toLowerCase(Locale.ROOT) + "-" + i).start(this::repeat));
    }
  }

  /** Ends the attack; interrupts threads that do not end by themselves in time. */
  public void stop() throws InterruptedException {
    over = true;
    long end = System.nanoTime() + LONGEST_END.toNanos();
    for (Thread thread : running) {
      if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        thread.interrupt();
      }
    }
  }

  private void repeat() {
    while (!over) {
      try {
        attacker.attack(this);
      } catch (InterruptedException e) {
        return;
      } catch (Exception closed) { // by the server, which is what an attacker has to expect
        refused.increment();
      }
    }
  }
}
