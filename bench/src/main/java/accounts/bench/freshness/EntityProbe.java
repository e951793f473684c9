package accounts.bench.freshness;

import accounts.bench.history.Answer;
import accounts.bench.history.Consistency;
import accounts.bench.history.Key;
import accounts.bench.history.Outcome;
import accounts.bench.history.Watch;
import accounts.v1.Role;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Creates entities outside the load, which no worker changes, and reads them through every
 * instance. For one thread.
 */
public final class EntityProbe {

  private static final ReadOptions FRESH = new ReadOptions(Consistency.FRESH, 0);
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final Duration LONG_DEADLINE = Duration.ofSeconds(8);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(20);
  private static final int MOST_ATTEMPTS = 200;

  private final Instances instances;
  private final Ledger ledger;
  private final Writer writer;
  private final Names names;

  EntityProbe(Instances instances, Ledger ledger, Writer writer, Names names) {
    this.instances = instances;
    this.ledger = ledger;
    this.writer = writer;
    this.names = names;
  }

  /** Creates a user and returns its key. */
  public Key user() throws InterruptedException {
    Key user = Key.user(names.next("outside"));
    create(Mutations.createUser(user, "User", names.value()), user);
    return user;
  }

  /** Changes a user's last name through the service. */
  public void rename(Key user, String lastName) throws InterruptedException {
    create(Mutations.updateUser(user, lastName), user);
  }

  /**
   * Creates a membership with the role MEMBER, and the users and the organization that it needs.
   */
  public Key membership() throws InterruptedException {
    Key owner = user();
    Key organization = Key.organization(names.next("outside"));
    Key ownership = Key.membership(organization.organization(), owner.username());
    create(
        Mutations.createOrganization(organization, ownership, organization.organization()),
        organization,
        ownership);
    Key membership = Key.membership(organization.organization(), user().username());
    create(Mutations.add(membership, Role.ROLE_MEMBER, owner.username()), membership);
    return membership;
  }

  /** An unknown outcome is accepted: if the entity is missing, the next call fails and says so. */
  private void create(Mutation mutation, Key... keys) throws InterruptedException {
    List<Watch> watches = Arrays.stream(keys).map(ledger::open).toList();
    Outcome outcome = writer.write(mutation, watches);
    watches.forEach(ledger::close);
    if (outcome == Outcome.REFUSED) {
      throw new IllegalStateException(mutation.what() + ": " + outcome + " (expected: done)");
    }
  }

  /**
   * Returns every instance's answer to a FRESH read, in the order of the instances. The ledger does
   * not judge these answers.
   */
  public List<Answer> ask(Key key) throws InterruptedException {
    Answer[] answers = new Answer[instances.all().size()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = ask(instances.at(i), key);
    }
    return List.of(answers);
  }

  /**
   * Creates a user through instances of another table, under a name that this table does not have.
   */
  public Key userOf(Instances others) throws InterruptedException {
    Key user = Key.user(names.next("outside"));
    Watch watch = ledger.open(user);
    Writer elsewhere = new Writer(others, new WatchedKeys(), ledger, LONG_DEADLINE);
    Outcome outcome =
        elsewhere.write(Mutations.createUser(user, "User", names.value()), List.of(watch));
    if (outcome == Outcome.REFUSED) {
      throw new IllegalStateException("create " + user + ": " + outcome + " (expected: done)");
    }
    for (Instance other : others.all()) {
      var unused = ask(other, user);
    }
    ledger.close(watch);
    return user;
  }

  /**
   * Reads a key through instances of another table, where nobody has written it, and has the ledger
   * judge the answers. Returns how many answers there were.
   */
  public long judge(Instances others, Key key) throws InterruptedException {
    Watch watch = ledger.open(key);
    for (Instance other : others.all()) {
      long invoked = watch.now();
      Answer answer = ask(other, key);
      ledger.tally().read(key.kind(), Consistency.FRESH, answer.source());
      watch.answered(other.name(), Consistency.FRESH, 0, invoked, answer);
    }
    ledger.close(watch);
    return others.all().size();
  }

  /** Reads a key through the instances of this table, like {@link #judge}. */
  public long judgeHere(Key key) throws InterruptedException {
    return judge(instances, key);
  }

  private static Answer ask(Instance instance, Key key) throws InterruptedException {
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      try {
        return ReadCalls.one(instance.stub(DEADLINE), key, FRESH);
      } catch (StatusRuntimeException failure) {
        instance.resetBackoff();
        Thread.sleep(AFTER_FAILURE);
      }
    }
    throw new IllegalStateException("no answer from " + instance.name() + " about " + key);
  }
}
