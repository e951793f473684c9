package accounts.service;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.AccountError.Refusal;
import accounts.domain.AccountException;
import accounts.domain.Entity;
import accounts.domain.RequestId;
import accounts.store.AccountStore;
import accounts.store.AdmissionQueue;
import accounts.store.FaultyAccountStore;
import accounts.store.Origin;
import accounts.store.dynamodb.LocalTable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The audit trail is complete: after thousands of random mutations of concurrent writers, with
 * commits that fail before, after and while they are made, and with retries.
 */
final class AuditTrailTest {

  private static final int MUTATIONS = Integer.getInteger("accounts.mutations", 4_000);
  private static final int WRITERS = 16;
  private static final long SEED = 20_261_129;
  private static final String CALLER = "https://login.example.com billing";
  private static final Duration LONG = Duration.ofSeconds(60);

  @AutoClose("shutdownNow")
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AutoClose private final LocalTable table = new LocalTable();
  private final AccountStore truth = table.store(InstantSource.system());
  private final FaultyAccountStore store = new FaultyAccountStore(truth, new Random(SEED));
  private final CachingReader reader = new CachingReader(store);
  private final MutationExecutor executor =
      new MutationExecutor(
          reader,
          new RecordingCommitListener(reader),
          store,
          AdmissionQueue.adaptive("queue", WRITERS, WRITERS, WRITERS, LONG, System::nanoTime),
          LONG,
          InstantSource.system(),
          timer);

  /** What a writer was told of a mutation. */
  sealed interface Answer {
    record Done(List<Entity> entities) implements Answer {}

    record Refused() implements Answer {}

    record Unknown() implements Answer {}
  }

  /** A mutation with the last answer to it. */
  record Asked(RequestId requestId, Mutation mutation, Answer answer) {

    Origin origin() {
      return new Origin(Optional.of(CALLER), mutation.recordedActor(), Optional.of(requestId));
    }
  }

  @Test
  @Timeout(300)
  void listChanges_afterRandomMutationsWithFaults_isCompleteAndTrue() throws Exception {
    List<Asked> asked = askAll();
    int late = store.awaitLate();
    RecordedTrails trails = RecordedTrails.of(truth);

    assertThat(late).isGreaterThan(MUTATIONS / 100);
    assertThat(count(asked, Answer.Done.class)).isGreaterThan(MUTATIONS / 5L);
    assertThat(count(asked, Answer.Refused.class)).isGreaterThan(MUTATIONS / 5L);
    assertThat(count(asked, Answer.Unknown.class)).isGreaterThan(MUTATIONS / 100L);
    trails.assertThatBothSidesAgree(MUTATIONS / 20);
    trails.assertThatEveryRevisionHasOneEntry(truth);
    asked.forEach(trails::assertThatItIsAsAnswered);
  }

  private static long count(List<Asked> asked, Class<? extends Answer> kind) {
    return asked.stream().filter(a -> kind.isInstance(a.answer())).count();
  }

  private List<Asked> askAll() throws Exception {
    List<Asked> asked = new ArrayList<>();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<Asked>>> tasks =
          IntStream.range(0, WRITERS)
              .<Callable<List<Asked>>>mapToObj(i -> () -> askMany(i))
              .toList();
      for (Future<List<Asked>> task : writers.invokeAll(tasks)) {
        asked.addAll(task.get());
      }
    }
    assertThat(asked).hasSize(MUTATIONS);
    return asked;
  }

  private List<Asked> askMany(int writer) {
    RandomMutations random = new RandomMutations(SEED + writer);
    return IntStream.range(0, MUTATIONS / WRITERS).mapToObj(i -> ask(random)).toList();
  }

  /** Some writers repeat what they know already, some give up before they know. */
  private Asked ask(RandomMutations random) {
    Mutation mutation = random.next();
    RequestId requestId = random.requestId();
    Answer answer = answer(mutation, requestId);
    if (random.oneIn(20) && !(answer instanceof Answer.Unknown)) {
      Answer again = answer(mutation, requestId);
      assertThat(again).isIn(answer, new Answer.Unknown());
    }
    while (answer instanceof Answer.Unknown && !random.oneIn(3)) {
      answer = answer(mutation, requestId);
    }
    return new Asked(requestId, mutation, answer);
  }

  private Answer answer(Mutation mutation, RequestId requestId) {
    try {
      return new Answer.Done(
          executor
              .run(
                  mutation,
                  Optional.of(new RequestIdentity(requestId, mutation.toString())),
                  Optional.of(CALLER),
                  CallScope.of(LONG))
              .join()
              .stream()
              .map(Entity.class::cast)
              .toList());
    } catch (CompletionException e) {
      return Futures.cause(e) instanceof AccountException account
              && account.error() instanceof Refusal
          ? new Answer.Refused()
          : new Answer.Unknown();
    }
  }
}
