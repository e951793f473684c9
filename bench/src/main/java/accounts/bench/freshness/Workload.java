package accounts.bench.freshness;

import accounts.bench.history.Key;
import accounts.bench.history.Outcome;
import accounts.bench.history.Watch;
import accounts.v1.Role;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Readers, writers and newcomers at work on a deployment, until they are stopped. */
public final class Workload {

  /** What goes on meanwhile. */
  public interface Meanwhile {
    /**
     * Returns when the work is to end.
     *
     * @param extras come on top of the work
     */
    void run(Extras extras) throws InterruptedException;
  }

  /** Who comes on top of the work when told to. */
  public record Extras(Crowd crowd, Bystander bystander, Orphans orphans, LoneWriter loneWriter) {}

  private static final Duration AFTER_FAILURE = Duration.ofMillis(40);

  private final Ledger ledger;
  private final Load load;
  private final Board board = new Board();
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
    this.writer = new Writer(instances, board, ledger, load.deadline());
    this.reader = new Reader(instances, board, ledger, load.deadline());
    this.extras =
        new Extras(
            new Crowd(instances, board, ledger, names, reader),
            new Bystander(instances, ledger, writer, names),
            new Orphans(instances, board, ledger, names, home, owner),
            new LoneWriter(instances, board, ledger, names, load.deadline()));
  }

  /**
   * Creates what is to be changed, works until {@code meanwhile} returns, and lets what is under
   * way end.
   *
   * @throws IllegalStateException if the deployment does not let it
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
    Watch user = watch(Key.user(names.next("user")));
    need(Mutations.createUser(user.key(), "User", names.value()), user);
    if (number < load.memberships()) {
      Watch membership = watch(Key.membership(home.organization(), user.key().username()));
      need(Mutations.add(membership.key(), Role.ROLE_MEMBER, owner), membership);
    }
  }

  private Watch watch(Key key) {
    Watch watch = ledger.open(key);
    board.put(watch);
    return watch;
  }

  private void need(Mutation mutation, Watch... watches) throws InterruptedException {
    Outcome outcome = writer.write(mutation, List.of(watches));
    if (outcome != Outcome.ACKNOWLEDGED) {
      throw new IllegalStateException(mutation.what() + ": " + outcome);
    }
  }

  private void work() {
    List<Watch> changing = board.all().stream().filter(this::changes).toList();
    Changer changer = new Changer(writer, names, owner);
    workers.start("reader", load.readers(), load.readPause(), this::read);
    workers.start(
        "writer",
        load.writers(),
        load.writePause(),
        () -> changer.change(changing.get(ThreadLocalRandom.current().nextInt(changing.size()))));
    workers.start(
        "newcomer",
        load.newcomers(),
        Duration.ZERO,
        () -> new Newcomer(board, ledger, writer, names, home, owner).live());
  }

  private boolean changes(Watch watch) {
    return !watch.key().username().isEmpty() && !watch.key().username().equals(owner);
  }

  private void read() throws InterruptedException {
    if (!reader.read()) {
      Thread.sleep(AFTER_FAILURE);
    }
  }

  private void end() throws InterruptedException {
    workers.stop();
    board.all().forEach(ledger::close);
  }
}
