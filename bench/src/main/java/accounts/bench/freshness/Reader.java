package accounts.bench.freshness;

import accounts.bench.freshness.ReadCalls.Access;
import accounts.bench.history.Answer;
import accounts.bench.history.Consistency;
import accounts.bench.history.Key;
import accounts.bench.history.Kind;
import accounts.bench.history.Watch;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reads watched keys at random: singly, in batches, in lists and by checks of access, through any
 * instance.
 */
final class Reader {

  private final Instances instances;
  private final WatchedKeys watched;
  private final Ledger ledger;
  private final Duration deadline;
  private final ListReader lists;
  private final AccountListReader accountLists;

  Reader(Instances instances, WatchedKeys watched, Ledger ledger, Duration deadline) {
    this.instances = instances;
    this.watched = watched;
    this.ledger = ledger;
    this.deadline = deadline;
    this.lists = new ListReader(ledger, deadline);
    this.accountLists = new AccountListReader(ledger, deadline);
  }

  /** Reads once; returns false if the call failed. */
  boolean read() {
    Instance instance = instances.any();
    try {
      int random = ThreadLocalRandom.current().nextInt(100);
      if (random < 24) {
        batch(instance, random % 2 == 0 ? Kind.USER : Kind.MEMBERSHIP);
      } else if (random < 26) {
        cancelled(instance, watched.any());
      } else if (random < 32) {
        lists.list(instance, watched.batch(Kind.MEMBERSHIP));
      } else if (random < 36) {
        accountLists(instance, watched.any());
      } else {
        one(instance, watched.any());
      }
      return true;
    } catch (StatusRuntimeException failure) {
      ledger.tally().failed("read", failure.getStatus());
      instance.resetBackoff();
      return false;
    }
  }

  private void accountLists(Instance instance, Watch watch) {
    if (watch.key().kind() != Kind.MEMBERSHIP) {
      accountLists.list(instance, watch, watched.all());
    }
  }

  private void one(Instance instance, Watch watch) {
    ReadOptions options = options(watch);
    long invoked = watch.now();
    AccountServiceBlockingStub stub = instance.stub(deadline);
    Answer answer;
    if (watch.key().kind() == Kind.MEMBERSHIP && ThreadLocalRandom.current().nextBoolean()) {
      Access access = ReadCalls.access(stub, watch.key(), options);
      restsOn(instance, watch.key(), options, invoked, access);
      answer = access.membership();
    } else {
      answer = ReadCalls.one(stub, watch.key(), options);
    }
    ledger.tally().readTook(answered(instance, watch, options, invoked, answer) - invoked);
  }

  /**
   * Reads one key FRESH through this instance.
   *
   * @throws StatusRuntimeException if the call fails
   */
  void fresh(Instance instance, Watch watch) {
    ReadOptions options = new ReadOptions(Consistency.FRESH, 0);
    long invoked = watch.now();
    Answer answer = ReadCalls.one(instance.stub(deadline), watch.key(), options);
    answered(instance, watch, options, invoked, answer);
  }

  /** Sends a read and usually cancels it before the answer; others may wait for the same load. */
  private void cancelled(Instance instance, Watch watch) {
    Duration shortDeadline = Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, 10));
    try {
      ReadOptions options = new ReadOptions(Consistency.FRESH, 0);
      long invoked = watch.now();
      Answer answer = ReadCalls.one(instance.stub(shortDeadline), watch.key(), options);
      answered(instance, watch, options, invoked, answer);
    } catch (StatusRuntimeException cancelled) {
      ledger.tally().cancelled();
    }
  }

  private void batch(Instance instance, Kind kind) {
    List<Watch> watches = watched.batch(kind);
    long minimum = isMinimumAsked() && !watches.isEmpty() ? any(watches).highest() : 0;
    // A batch has one min_revision for all keys: those that are behind it are left out.
    List<Watch> asked = watches.stream().filter(watch -> watch.highest() >= minimum).toList();
    if (asked.isEmpty()) {
      return;
    }
    ReadOptions options = new ReadOptions(consistency(), minimum);
    long invoked = asked.getFirst().now();
    List<Answer> answers = ask(instance, kind, asked, options, invoked);
    for (int i = 0; i < answers.size(); i++) {
      answered(instance, asked.get(i), options, invoked, answers.get(i));
    }
  }

  private static Watch any(List<Watch> watches) {
    return watches.get(ThreadLocalRandom.current().nextInt(watches.size()));
  }

  private List<Answer> ask(
      Instance instance, Kind kind, List<Watch> watches, ReadOptions options, long invoked) {
    AccountServiceBlockingStub stub = instance.stub(deadline);
    List<Key> keys = watches.stream().map(Watch::key).toList();
    if (kind == Kind.USER) {
      return ReadCalls.users(stub, keys, options);
    }
    if (ThreadLocalRandom.current().nextBoolean()) {
      return ReadCalls.memberships(stub, keys, options);
    }
    List<Access> accesses = ReadCalls.accesses(stub, keys, options);
    for (int i = 0; i < keys.size(); i++) {
      restsOn(instance, keys.get(i), options, invoked, accesses.get(i));
    }
    return accesses.stream().map(Access::membership).toList();
  }

  /** A check is an answer about its user, too; but not one of a least revision. */
  private void restsOn(
      Instance instance, Key membership, ReadOptions options, long invoked, Access access) {
    ReadOptions ofUser = new ReadOptions(options.consistency(), 0);
    Optional<Watch> user = watched.find(Key.user(membership.username()));
    if (user.isPresent() && access.user().isPresent()) {
      answered(instance, user.get(), ofUser, invoked, access.user().get());
    }
  }

  private long answered(
      Instance instance, Watch watch, ReadOptions options, long invoked, Answer answer) {
    ledger.tally().read(watch.key().kind(), options.consistency(), answer.source());
    return watch.answered(
        instance.name(), options.consistency(), options.minRevision(), invoked, answer);
  }

  /** Callers may require any revision that an answer has shown. */
  private static ReadOptions options(Watch watch) {
    return new ReadOptions(consistency(), isMinimumAsked() ? watch.highest() : 0);
  }

  private static boolean isMinimumAsked() {
    return ThreadLocalRandom.current().nextInt(100) < 10;
  }

  private static Consistency consistency() {
    int random = ThreadLocalRandom.current().nextInt(100);
    if (random < 5) {
      return Consistency.STORE;
    }
    return random < 15 ? Consistency.BOUNDED : Consistency.FRESH;
  }
}
