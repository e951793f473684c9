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
 * Has things of its own, which nobody changes through the service once they are there, and asks all
 * instances about them. For one thread.
 */
public final class Bystander {

  private static final Question FRESH = new Question(Consistency.FRESH, 0);
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final Duration LONG_DEADLINE = Duration.ofSeconds(8);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(20);
  private static final int MOST_ATTEMPTS = 200;

  private final Instances instances;
  private final Ledger ledger;
  private final Writer writer;
  private final Names names;

  Bystander(Instances instances, Ledger ledger, Writer writer, Names names) {
    this.instances = instances;
    this.ledger = ledger;
    this.writer = writer;
    this.names = names;
  }

  /** Makes a user. */
  public Key user() throws InterruptedException {
    Key user = Key.user(names.next("outside"));
    make(Mutations.createUser(user, "User", names.value()), user);
    return user;
  }

  /** Changes a user's last name through the service. */
  public void rename(Key user, String lastName) throws InterruptedException {
    make(Mutations.updateUser(user, lastName), user);
  }

  /** Makes a membership as MEMBER, with all that it takes. */
  public Key membership() throws InterruptedException {
    Key owner = user();
    Key organization = Key.organization(names.next("outside"));
    Key ownership = Key.membership(organization.organization(), owner.username());
    make(
        Mutations.createOrganization(organization, ownership, organization.organization()),
        organization,
        ownership);
    Key membership = Key.membership(organization.organization(), user().username());
    make(Mutations.add(membership, Role.ROLE_MEMBER, owner.username()), membership);
    return membership;
  }

  /** One whose outcome stays unknown is there, or what comes next fails and says so. */
  private void make(Mutation mutation, Key... keys) throws InterruptedException {
    List<Watch> watches = Arrays.stream(keys).map(ledger::open).toList();
    Outcome outcome = writer.write(mutation, watches);
    watches.forEach(ledger::close);
    if (outcome == Outcome.REFUSED) {
      throw new IllegalStateException(mutation.what() + ": " + outcome);
    }
  }

  /**
   * Returns what each instance answers to a FRESH read, in their order. The ledger judges none of
   * these answers.
   */
  public List<Answer> ask(Key key) throws InterruptedException {
    Answer[] answers = new Answer[instances.all().size()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = ask(instances.at(i), key);
    }
    return List.of(answers);
  }

  /**
   * Makes a user through instances of another table; it may have the name of none of this one's.
   */
  public Key userOf(Instances others) throws InterruptedException {
    Key user = Key.user(names.next("outside"));
    Watch watch = ledger.open(user);
    Writer there = new Writer(others, new Board(), ledger, LONG_DEADLINE);
    Outcome outcome =
        there.write(Mutations.createUser(user, "User", names.value()), List.of(watch));
    if (outcome == Outcome.REFUSED) {
      throw new IllegalStateException("create " + user + ": " + outcome);
    }
    for (Instance other : others.all()) {
      var unused = ask(other, user);
    }
    ledger.close(watch);
    return user;
  }

  /**
   * Asks instances of another table, and has the ledger judge the answers as those about a thing
   * that nobody has written; returns how many there were.
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

  /** As {@link #judge}, with the instances of this table. */
  public long judgeHere(Key key) throws InterruptedException {
    return judge(instances, key);
  }

  private static Answer ask(Instance instance, Key key) throws InterruptedException {
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      try {
        return Asking.one(instance.stub(DEADLINE), key, FRESH);
      } catch (StatusRuntimeException failure) {
        instance.hurry();
        Thread.sleep(AFTER_FAILURE);
      }
    }
    throw new IllegalStateException("no answer from " + instance.name() + " about " + key);
  }
}
