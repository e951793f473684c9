package accounts.bench.freshness;

import accounts.bench.history.Key;
import accounts.bench.history.Outcome;
import accounts.bench.history.Watch;
import accounts.v1.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Creates entities while readers read them, and have already read their absence: a user, its
 * membership, and an organization that it founds. At last the user leaves the organization that it
 * joined. For one thread.
 */
final class EntityLifecycle {

  private static final long LONGEST_PAUSE_MILLIS = 600;

  private final WatchedKeys watched;
  private final Ledger ledger;
  private final Writer writer;
  private final Names names;
  private final Key home;
  private final String owner;
  private final List<Watch> watches = new ArrayList<>();

  /**
   * @param home the organization that new users join
   * @param owner the user who may add them
   */
  EntityLifecycle(
      WatchedKeys watched, Ledger ledger, Writer writer, Names names, Key home, String owner) {
    this.watched = watched;
    this.ledger = ledger;
    this.writer = writer;
    this.names = names;
    this.home = home;
    this.owner = owner;
  }

  /** Runs one lifecycle, from the creation of the user to its leaving. */
  void run() throws InterruptedException {
    try {
      String name = names.next("new");
      // After an unknown outcome the user may exist: adding it to the organization shows which.
      if (create(name) != Outcome.REFUSED) {
        join(name);
        found(name);
        leave(name);
      }
    } finally {
      watches.forEach(this::forget);
      watches.clear();
    }
  }

  private Outcome create(String name) throws InterruptedException {
    Watch user = watch(Key.user(name));
    letReadersRead();
    boolean seenAbsent = user.seenAbsent();
    Outcome outcome =
        writer.write(Mutations.createUser(user.key(), "New", names.value()), List.of(user));
    if (seenAbsent && outcome == Outcome.ACKNOWLEDGED) {
      ledger.tally().createdAfterAbsence();
    }
    letReadersRead();
    return outcome;
  }

  private void join(String name) throws InterruptedException {
    Watch membership = watch(Key.membership(home.organization(), name));
    letReadersRead();
    writer.write(Mutations.add(membership.key(), Role.ROLE_MEMBER, owner), List.of(membership));
    letReadersRead();
  }

  /** Keeps the organization from growing for ever, and gives lists removals to show. */
  private void leave(String name) throws InterruptedException {
    Key membership = Key.membership(home.organization(), name);
    Optional<Watch> watch = watched.find(membership);
    if (watch.isPresent()) {
      writer.write(Mutations.remove(membership, owner), List.of(watch.get()));
      letReadersRead();
    }
  }

  private void found(String name) throws InterruptedException {
    String slug = names.next("org");
    Watch organization = watch(Key.organization(slug));
    Watch founder = watch(Key.membership(slug, name));
    letReadersRead();
    writer.write(
        Mutations.createOrganization(organization.key(), founder.key(), slug),
        List.of(organization, founder));
    letReadersRead();
  }

  private Watch watch(Key key) {
    Watch watch = ledger.open(key);
    watches.add(watch);
    watched.put(watch);
    return watch;
  }

  private void forget(Watch watch) {
    watched.remove(watch);
    ledger.close(watch);
  }

  /** Leaves the readers time to read the current state. */
  private static void letReadersRead() throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS));
  }
}
