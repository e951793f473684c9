package accounts.bench.freshness;

import accounts.bench.history.Key;
import accounts.bench.history.Outcome;
import accounts.bench.history.Watch;
import accounts.v1.Role;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A load of readers, writers and entity lifecycles on a deployment. */
public final class Workload {

  /** The course of a run while the load lasts. */
  public interface Meanwhile {
    /**
     * Returns when the load is to end.
     *
     * @param extras further load, on demand
     */
    void run(Extras extras) throws InterruptedException;
  }

  /** Further load and reads, on demand. */
  public record Extras(
      ReadBurst readBurst,
      EntityProbe probe,
      UnansweredCreations unansweredCreations,
      SingleInstanceWriter singleInstanceWriter) {}

  private static final Duration AFTER_FAILURE = Duration.ofMillis(40);

  private final Ledger ledger;
  private final Load load;
  private final WatchedKeys watched = new WatchedKeys();
  private final Names names = new Names();
  private final Writer writer;
  private final Reader reader;
  private final Extras extras;
  private final Workers workers = new Workers();
  private final String owner = names.next("owner");
  private final Key home = Key.organization(names.next("home"));

  private Workload(Instances instances, Ledger ledger, Load load) {
    this.ledger = ledger;
    this.load = load;
    this.writer = new Writer(instances, watched, ledger, load.deadline());
    this.reader = new Reader(instances, watched, ledger, load.deadline());
    this.extras =
        new Extras(
            new ReadBurst(instances, watched, ledger, names, reader),
            new EntityProbe(instances, ledger, writer, names),
            new UnansweredCreations(instances, watched, ledger, names, home, owner),
            new SingleInstanceWriter(instances, watched, ledger, names, load.deadline()));
  }

  /**
   * Creates the entities, applies the load until {@code meanwhile} returns, and waits for calls in
   * flight to end.
   *
   * @throws IllegalStateException if the entities cannot be created
   */
  public static void run(Instances instances, Ledger ledger, Load load, Meanwhile meanwhile)
      throws InterruptedException {
    Workload workload = new Workload(instances, ledger, load);
    workload.create();
    workload.work();
    try {
      meanwhile.run(workload.extras);
    } finally {
      workload.end();
    }
  }

  private void create() throws InterruptedException {
    Watch boss = watch(Key.user(owner));
    need(Mutations.createUser(boss.key(), "Owner", names.value()), boss);
    Watch organization = watch(home);
    Watch ownership = watch(Key.membership(home.organization(), owner));
    need(
        Mutations.createOrganization(home, ownership.key(), home.organization()),
        organization,
        ownership);
    for (int i = 0; i < Math.max(load.users(), load.memberships()); i++) {
      createUser(i);
    }
  }

  private void createUser(int number) throws InterruptedException {
    Watch user = number % 2 == 0 ? renamed() : suspendable();
    if (number < load.memberships()) {
      Watch membership = watch(Key.membership(home.organization(), user.key().username()));
      need(Mutations.add(membership.key(), Role.ROLE_MEMBER, owner), membership);
    }
  }

  private Watch renamed() throws InterruptedException {
    Watch user = watch(Key.user(names.next("user")));
    need(Mutations.createUser(user.key(), "User", names.value()), user);
    return user;
  }

  private Watch suspendable() throws InterruptedException {
    Watch user = watch(Key.user(names.suspendable()));
    need(Mutations.createSuspendable(user.key()), user);
    return user;
  }

  private Watch watch(Key key) {
    Watch watch = ledger.open(key);
    watched.put(watch);
    return watch;
  }

  private void need(Mutation mutation, Watch... watches) throws InterruptedException {
    Outcome outcome = writer.write(mutation, List.of(watches));
    if (outcome != Outcome.ACKNOWLEDGED) {
      throw new IllegalStateException(
          mutation.what() + ": " + outcome + " (expected: " + Outcome.ACKNOWLEDGED + ")");
    }
  }

  private void work() {
    List<Watch> changing = watched.all().stream().filter(this::changes).toList();
    Changer changer = new Changer(writer, names, owner);
    workers.start("reader", load.readers(), load.readPause(), this::read);
    workers.start(
        "writer",
        load.writers(),
        load.writePause(),
        () -> changer.change(changing.get(ThreadLocalRandom.current().nextInt(changing.size()))));
    workers.start(
        "lifecycle",
        load.lifecycles(),
        Duration.ZERO,
        () -> new EntityLifecycle(watched, ledger, writer, names, home, owner).run());
  }

  private boolean changes(Watch watch) {
    return !watch.key().username().equals(owner);
  }

  private void read() throws InterruptedException {
    if (!reader.read()) {
      Thread.sleep(AFTER_FAILURE);
    }
  }

  private void end() throws InterruptedException {
    workers.stop();
    watched.all().forEach(ledger::close);
  }
}
