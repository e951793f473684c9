package accounts.bench.freshness;

import accounts.bench.history.Answer;
import accounts.bench.history.Consistency;
import accounts.bench.history.Key;
import accounts.bench.history.Outcome;
import accounts.bench.history.Watch;
import accounts.v1.Role;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Creates users whose creation is committed but never answered, while the cache holds their
 * absence. Adds them to an organization through another instance, and then reads them. For one
 * thread.
 */
public final class UnansweredCreations {

  private static final Duration CREATION = Duration.ofSeconds(1);
  private static final Duration DEADLINE = Duration.ofSeconds(8);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final int READS_BEFORE = 5;
  private static final int READS_AFTER = 20;
  private static final ReadOptions FRESH = new ReadOptions(Consistency.FRESH, 0);

  private final Instances instances;
  private final WatchedKeys watched;
  private final Ledger ledger;
  private final Names names;
  private final Key home;
  private final String owner;

  UnansweredCreations(
      Instances instances,
      WatchedKeys watched,
      Ledger ledger,
      Names names,
      Key home,
      String owner) {
    this.instances = instances;
    this.watched = watched;
    this.ledger = ledger;
    this.names = names;
    this.home = home;
    this.owner = owner;
  }

  /** A fault that lets an instance commit a creation and loses the answer. */
  public interface Muting {
    /**
     * Injects the fault.
     *
     * @param username the user whose creation is not answered
     * @return a supplier of whether the creation was committed
     */
    BooleanSupplier begin(String username);
  }

  /**
   * Creates one such user, adds it to the organization and reads it.
   *
   * @param creator the name of the instance that creates the user
   * @return 1 if the user joined although its creation was never answered, else 0
   */
  public long play(String creator, Muting muting) throws InterruptedException {
    String name = names.next("unanswered");
    List<Watch> watches = new ArrayList<>();
    Watch user = watch(watches, Key.user(name));
    Watch membership = watch(watches, Key.membership(home.organization(), name));
    try {
      cacheAbsence(user);
      BooleanSupplier committed = muting.begin(name);
      Instances one = instances.only(creator);
      Thread creation = Thread.ofVirtual().start(() -> create(one, user));
      await(committed);
      boolean joined = committed.getAsBoolean() && join(creator, membership);
      readThroughAll(user);
      creation.join();
      return joined ? 1 : 0;
    } finally {
      watches.forEach(watched::remove);
      watches.forEach(ledger::close);
    }
  }

  private Watch watch(List<Watch> watches, Key key) {
    Watch watch = ledger.open(key);
    watches.add(watch);
    watched.put(watch);
    return watch;
  }

  /** Caches the absence in every instance, so that a stale answer is possible. */
  private void cacheAbsence(Watch user) throws InterruptedException {
    for (Instance instance : instances.all()) {
      for (int i = 0; i < READS_BEFORE; i++) {
        read(instance, user);
        Thread.sleep(PAUSE);
      }
    }
  }

  private void create(Instances one, Watch user) {
    try {
      Writer writer = new Writer(one, watched, ledger, CREATION);
      var unused =
          writer.writeOnce(
              Mutations.createUser(user.key(), "Unanswered", names.value()), List.of(user));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean join(String creator, Watch membership) throws InterruptedException {
    Writer writer = new Writer(instances.without(creator), watched, ledger, DEADLINE);
    Mutation add = Mutations.add(membership.key(), Role.ROLE_MEMBER, owner);
    return writer.write(add, List.of(membership)) == Outcome.ACKNOWLEDGED;
  }

  private void readThroughAll(Watch user) {
    for (int i = 0; i < READS_AFTER; i++) {
      read(instances.at(i), user);
    }
  }

  private void read(Instance instance, Watch user) {
    try {
      long invoked = user.now();
      Answer answer = ReadCalls.one(instance.stub(DEADLINE), user.key(), FRESH);
      ledger.tally().read(user.key().kind(), Consistency.FRESH, answer.source());
      user.answered(instance.name(), Consistency.FRESH, 0, invoked, answer);
    } catch (StatusRuntimeException failure) {
      ledger.tally().failed("read", failure.getStatus());
      instance.resetBackoff();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
      Thread.sleep(PAUSE);
    }
  }
}
