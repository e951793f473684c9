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
 * membership, by being added or by an invitation, and an organization that it founds. At last the
 * user leaves the organization that it joined, or it and its organization are deleted and restored.
 * For one thread.
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
      Outcome created = create(name);
      if (created != Outcome.REFUSED) {
        Outcome joined = join(name);
        Created founded = found(name);
        boolean known = isDone(created) && isDone(joined) && isDone(founded.outcome());
        if (known && ThreadLocalRandom.current().nextBoolean()) {
          endAndRestore(name, founded);
        } else {
          leave(name);
        }
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

  private static boolean isDone(Outcome outcome) {
    return outcome == Outcome.ACKNOWLEDGED;
  }

  private Outcome join(String name) throws InterruptedException {
    Watch membership = watch(Key.membership(home.organization(), name));
    letReadersRead();
    boolean isInvited = ThreadLocalRandom.current().nextBoolean();
    Mutation mutation =
        isInvited
            ? Mutations.join(membership.key(), Role.ROLE_MEMBER, owner)
            : Mutations.add(membership.key(), Role.ROLE_MEMBER, owner);
    Outcome outcome = writer.write(mutation, List.of(membership));
    if (isInvited && isDone(outcome)) {
      ledger.tally().joined();
    }
    letReadersRead();
    return outcome;
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

  /** An organization and the membership of its founder. */
  private record Created(Outcome outcome, Watch organization, Watch founder) {}

  private Created found(String name) throws InterruptedException {
    String slug = names.next("org");
    Watch organization = watch(Key.organization(slug));
    Watch founder = watch(Key.membership(slug, name));
    letReadersRead();
    Outcome outcome =
        writer.write(
            Mutations.createOrganization(organization.key(), founder.key(), slug),
            List.of(organization, founder));
    letReadersRead();
    return new Created(outcome, organization, founder);
  }

  /**
   * Deletes the organization, then the user with the membership that is left, and restores both. No
   * step is made after one whose outcome is unknown: what it leaves would be unknown, too.
   */
  private void endAndRestore(String name, Created founded) throws InterruptedException {
    Watch organization = founded.organization();
    Watch founder = founded.founder();
    Watch user = watched.find(Key.user(name)).orElseThrow();
    Watch joined = watched.find(Key.membership(home.organization(), name)).orElseThrow();
    if (end(Mutations.deleteOrganization(organization.key(), name, 1), organization, founder)
        && end(Mutations.deleteUser(user.key(), 1), user, joined)
        && made(Mutations.undeleteUser(user.key()), user)) {
      var unused =
          made(
              Mutations.undeleteOrganization(organization.key(), founder.key()),
              organization,
              founder);
    }
  }

  /** Makes a deletion, which is two changes of the first key: it is in progress, and done. */
  private boolean end(Mutation deletion, Watch account, Watch membership)
      throws InterruptedException {
    var unused = account.attempt("being deleted");
    boolean made = made(deletion, account, membership);
    if (made) {
      ledger.tally().deleted();
    }
    return made;
  }

  private boolean made(Mutation mutation, Watch... changed) throws InterruptedException {
    boolean made = isDone(writer.write(mutation, List.of(changed)));
    letReadersRead();
    return made;
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
