package accounts.bench.freshness;

import accounts.bench.history.Key;
import accounts.bench.history.Outcome;
import accounts.bench.history.Watch;
import java.time.Duration;
import java.util.List;

/** Changes a user through one instance only, on top of the load. For one thread. */
public final class SingleInstanceWriter {

  private final Instances instances;
  private final WatchedKeys watched;
  private final Ledger ledger;
  private final Names names;
  private final Duration deadline;

  SingleInstanceWriter(
      Instances instances, WatchedKeys watched, Ledger ledger, Names names, Duration deadline) {
    this.instances = instances;
    this.watched = watched;
    this.ledger = ledger;
    this.names = names;
    this.deadline = deadline;
  }

  /**
   * Changes a user again and again while readers read it; returns how many changes were
   * acknowledged.
   *
   * @param instance the name of the instance that all changes go through
   */
  public long write(String instance, Duration time) throws InterruptedException {
    Writer writer = new Writer(instances.only(instance), watched, ledger, deadline);
    Watch user = ledger.open(Key.user(names.next("single")));
    watched.put(user);
    try {
      long end = System.nanoTime() + time.toNanos();
      Outcome created =
          writer.write(Mutations.createUser(user.key(), "User", names.value()), List.of(user));
      long acknowledged = created == Outcome.ACKNOWLEDGED ? 1 : 0;
      while (created == Outcome.ACKNOWLEDGED && System.nanoTime() - end < 0) {
        Outcome changed =
            writer.write(Mutations.updateUser(user.key(), names.value()), List.of(user));
        acknowledged += changed == Outcome.ACKNOWLEDGED ? 1 : 0;
      }
      return acknowledged;
    } finally {
      watched.remove(user);
      ledger.close(user);
    }
  }
}
