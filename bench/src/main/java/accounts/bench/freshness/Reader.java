package accounts.bench.freshness;

import accounts.bench.history.Answer;
import accounts.bench.history.Consistency;
import accounts.bench.history.Key;
import accounts.bench.history.Kind;
import accounts.bench.history.Watch;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Asks for anything on the board in every way there is, through any instance. */
final class Reader {

  private final Instances instances;
  private final Board board;
  private final Ledger ledger;
  private final Duration deadline;
  private final Lister lister;

  Reader(Instances instances, Board board, Ledger ledger, Duration deadline) {
    this.instances = instances;
    this.board = board;
    this.ledger = ledger;
    this.deadline = deadline;
    this.lister = new Lister(ledger, deadline);
  }

  /** Reads once; false if nobody answered. */
  boolean read() {
    Instance instance = instances.any();
    try {
      int lot = ThreadLocalRandom.current().nextInt(100);
      if (lot < 24) {
        batch(instance, lot % 2 == 0 ? Kind.USER : Kind.MEMBERSHIP);
      } else if (lot < 26) {
        goAway(instance, board.any());
      } else if (lot < 32) {
        lister.list(instance, board.batch(Kind.MEMBERSHIP));
      } else {
        one(instance, board.any());
      }
      return true;
    } catch (StatusRuntimeException failure) {
      ledger.tally().failed("read", failure.getStatus());
      instance.hurry();
      return false;
    }
  }

  private void one(Instance instance, Watch watch) {
    Question question = question(watch);
    long invoked = watch.now();
    Answer answer = Asking.one(instance.stub(deadline), watch.key(), question);
    ledger.tally().readTook(answered(instance, watch, question, invoked, answer) - invoked);
  }

  /**
   * Reads one thing FRESH through that instance.
   *
   * @throws StatusRuntimeException if nobody answered
   */
  void fresh(Instance instance, Watch watch) {
    Question question = new Question(Consistency.FRESH, 0);
    long invoked = watch.now();
    Answer answer = Asking.one(instance.stub(deadline), watch.key(), question);
    answered(instance, watch, question, invoked, answer);
  }

  /**
   * Asks, and is gone before there is an answer, most of the time; others may wait for the same.
   */
  private void goAway(Instance instance, Watch watch) {
    Duration hardly = Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, 10));
    try {
      Question question = new Question(Consistency.FRESH, 0);
      long invoked = watch.now();
      Answer answer = Asking.one(instance.stub(hardly), watch.key(), question);
      answered(instance, watch, question, invoked, answer);
    } catch (StatusRuntimeException gone) {
      ledger.tally().gone();
    }
  }

  private void batch(Instance instance, Kind kind) {
    List<Watch> watches = board.batch(kind);
    long minimum = isMinimumAsked() && !watches.isEmpty() ? any(watches).highest() : 0;
    // One min_revision is for all keys of a batch: those that are behind it are not asked for.
    List<Watch> asked = watches.stream().filter(watch -> watch.highest() >= minimum).toList();
    if (asked.isEmpty()) {
      return;
    }
    Question question = new Question(consistency(), minimum);
    long invoked = asked.getFirst().now();
    List<Answer> answers = ask(instance.stub(deadline), kind, asked, question);
    for (int i = 0; i < answers.size(); i++) {
      answered(instance, asked.get(i), question, invoked, answers.get(i));
    }
  }

  private static Watch any(List<Watch> watches) {
    return watches.get(ThreadLocalRandom.current().nextInt(watches.size()));
  }

  private static List<Answer> ask(
      AccountServiceBlockingStub stub, Kind kind, List<Watch> watches, Question question) {
    List<Key> keys = watches.stream().map(Watch::key).toList();
    return kind == Kind.USER
        ? Asking.users(stub, keys, question)
        : Asking.memberships(stub, keys, question);
  }

  private long answered(
      Instance instance, Watch watch, Question question, long invoked, Answer answer) {
    ledger.tally().read(watch.key().kind(), question.consistency(), answer.source());
    return watch.answered(
        instance.name(), question.consistency(), question.minRevision(), invoked, answer);
  }

  /** Callers may ask for any revision that somebody was shown. */
  private static Question question(Watch watch) {
    return new Question(consistency(), isMinimumAsked() ? watch.highest() : 0);
  }

  private static boolean isMinimumAsked() {
    return ThreadLocalRandom.current().nextInt(100) < 10;
  }

  private static Consistency consistency() {
    int lot = ThreadLocalRandom.current().nextInt(100);
    if (lot < 5) {
      return Consistency.STORE;
    }
    return lot < 15 ? Consistency.BOUNDED : Consistency.FRESH;
  }
}
