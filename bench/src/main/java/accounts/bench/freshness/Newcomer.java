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
 * Has things come into being under the eyes of readers who have been told that they are not there:
 * a user, its membership, and an organization that it founds; at last the user leaves the
 * organization that it joined. One thread's.
 */
final class Newcomer {

  private static final long LONGEST_LOOK_MILLIS = 600;

  private final Board board;
  private final Ledger ledger;
  private final Writer writer;
  private final Names names;
  private final Key home;
  private final String owner;
  private final List<Watch> watches = new ArrayList<>();

  /**
   * @param home the organization that new users join
   * @param owner who may have them join
   */
  Newcomer(Board board, Ledger ledger, Writer writer, Names names, Key home, String owner) {
    this.board = board;
    this.ledger = ledger;
    this.writer = writer;
    this.names = names;
    this.home = home;
    this.owner = owner;
  }

  /** Goes through one life. */
  void live() throws InterruptedException {
    try {
      String name = names.next("new");
      // Who is not known to be there may be: whoever lets them join finds out.
      if (created(name) != Outcome.REFUSED) {
        joined(name);
        founded(name);
        left(name);
      }
    } finally {
      watches.forEach(this::forget);
      watches.clear();
    }
  }

  private Outcome created(String name) throws InterruptedException {
    Watch user = watch(Key.user(name));
    look();
    boolean seenAbsent = user.seenAbsent();
    Outcome outcome =
        writer.write(Mutations.createUser(user.key(), "New", names.value()), List.of(user));
    if (seenAbsent && outcome == Outcome.ACKNOWLEDGED) {
      ledger.tally().newcomer();
    }
    look();
    return outcome;
  }

  private void joined(String name) throws InterruptedException {
    Watch membership = watch(Key.membership(home.organization(), name));
    look();
    writer.write(Mutations.add(membership.key(), Role.ROLE_MEMBER, owner), List.of(membership));
    look();
  }

  /** The organization does not grow for ever, and lists have removals to tell. */
  private void left(String name) throws InterruptedException {
    Key membership = Key.membership(home.organization(), name);
    Optional<Watch> watch = board.find(membership);
    if (watch.isPresent()) {
      writer.write(Mutations.remove(membership, owner), List.of(watch.get()));
      look();
    }
  }

  private void founded(String name) throws InterruptedException {
    String slug = names.next("org");
    Watch organization = watch(Key.organization(slug));
    Watch founder = watch(Key.membership(slug, name));
    look();
    writer.write(
        Mutations.createOrganization(organization.key(), founder.key(), slug),
        List.of(organization, founder));
    look();
  }

  private Watch watch(Key key) {
    Watch watch = ledger.open(key);
    watches.add(watch);
    board.put(watch);
    return watch;
  }

  private void forget(Watch watch) {
    board.remove(watch);
    ledger.close(watch);
  }

  /** Lets the readers see what there is. */
  private static void look() throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_LOOK_MILLIS));
  }
}
