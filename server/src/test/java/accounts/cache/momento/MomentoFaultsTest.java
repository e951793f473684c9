package accounts.cache.momento;

import static accounts.cache.momento.LocalMomento.CACHE;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.cache.AccountCache;
import accounts.cache.Advance;
import accounts.cache.CacheAnswer;
import accounts.cache.LeaseAnswer;
import accounts.cache.Stamp;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.User;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import io.grpc.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import momento.sdk.responses.cache.SetResponse;
import momento.sdk.responses.cache.ttl.ItemGetTtlResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only the real client can get wrong. */
final class MomentoFaultsTest {

  private static final Duration BUDGET = Duration.ofMillis(300);
  private static final Duration BUDGET_AND_SLACK = Duration.ofSeconds(5);
  private static final EntityKey<User> KEY = userKey("alice");
  private static final Lookup<User> ALICE = new Lookup.Found<>(user("alice"));
  private static final CacheAnswer UNAVAILABLE = new CacheAnswer.Unavailable();

  private final LocalMomento momento = new LocalMomento();
  private final AccountCache patient = momento.cache(Duration.ofSeconds(10));

  @AfterEach
  void close() {
    momento.close();
  }

  @Test
  void anyCall_cacheStopped_isUnavailableAndNeverFails() {
    momento.server.stop();

    assertThat(patient.getAll(List.of(KEY, userKey("bob")), scope()))
        .succeedsWithin(BUDGET_AND_SLACK)
        .isEqualTo(Map.of(KEY, UNAVAILABLE, userKey("bob"), UNAVAILABLE));
    assertThat(patient.start(KEY, Stamp.NONE, scope()))
        .succeedsWithin(BUDGET_AND_SLACK)
        .isEqualTo(new Advance.Unavailable());
    assertThat(patient.advance(KEY, Stamp.NONE, scope()))
        .succeedsWithin(BUDGET_AND_SLACK)
        .isEqualTo(new Advance.Unavailable());
    assertThat(patient.lease(KEY, new Stamp(1, 0), scope()))
        .succeedsWithin(BUDGET_AND_SLACK)
        .isEqualTo(LeaseAnswer.UNAVAILABLE);
    assertThat(patient.fill(KEY, ALICE, new Stamp(1, 0), scope())).succeedsWithin(BUDGET_AND_SLACK);
  }

  @Test
  void anyCall_cacheSilent_isUnavailableWhenTheBudgetIsUsedUp() {
    momento.server.faults().add(Rule.of(Fault.DROP));
    AccountCache cache = momento.cache(BUDGET);

    assertThat(cache.getAll(List.of(KEY), scope()))
        .succeedsWithin(BUDGET_AND_SLACK)
        .isEqualTo(Map.of(KEY, UNAVAILABLE));
    assertThat(cache.start(KEY, Stamp.NONE, scope()))
        .succeedsWithin(BUDGET_AND_SLACK)
        .isEqualTo(new Advance.Unavailable());
    assertThat(cache.advance(KEY, Stamp.NONE, scope()))
        .succeedsWithin(BUDGET_AND_SLACK)
        .isEqualTo(new Advance.Unavailable());
    assertThat(cache.lease(KEY, new Stamp(1, 0), scope()))
        .succeedsWithin(BUDGET_AND_SLACK)
        .isEqualTo(LeaseAnswer.UNAVAILABLE);
    assertThat(cache.fill(KEY, ALICE, new Stamp(1, 0), scope())).succeedsWithin(BUDGET_AND_SLACK);
  }

  @Test
  void getAll_callerGoneMeanwhile_isUnavailableAtOnce() {
    momento.server.faults().add(Rule.of(Fault.DROP));
    CallScope scope = scope();
    CompletableFuture<Map<EntityKey<?>, CacheAnswer>> answers = patient.getAll(List.of(KEY), scope);
    scope.cancel();

    assertThat(answers).isCompletedWithValue(Map.of(KEY, UNAVAILABLE));
  }

  @Test
  void getAll_callersGrpcContextCancelled_stillAnswers() {
    Context.CancellableContext caller = Context.current().withCancellation();
    caller.cancel(null);
    Context previous = caller.attach();
    try {
      assertThat(get(patient)).isEqualTo(new CacheAnswer.Miss(Stamp.NONE));
    } finally {
      caller.detach(previous);
    }
  }

  @Test
  void getAll_cacheThrottles_isUnavailable() {
    momento.server.faults().add(Rule.of(Fault.THROTTLE));

    assertThat(get(patient)).isEqualTo(UNAVAILABLE);
  }

  @Test
  void advance_doneButAnsweredWithAnError_isUnavailableAndNotRepeated() {
    long rule = momento.server.faults().add(Rule.of(Fault.ERROR_AFTER).rpcs("Increment"));

    assertThat(patient.advance(KEY, Stamp.NONE, scope()).join())
        .isEqualTo(new Advance.Unavailable());
    assertThat(momento.server.faults().injected(rule)).isEqualTo(1);
  }

  @Test
  void getAll_cacheBackOnTheSamePort_answersWithoutANewClient() {
    assertThat(get(patient)).isInstanceOf(CacheAnswer.Miss.class);
    momento.server.stop();
    assertThat(get(patient)).isEqualTo(UNAVAILABLE);
    momento.server.restart();

    // The channel reconnects when its backoff is over; every call says whether it has.
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    CacheAnswer answer = get(patient);
    while (answer.equals(UNAVAILABLE) && System.nanoTime() < end) {
      Thread.onSpinWait();
      answer = get(patient);
    }
    assertThat(answer).isEqualTo(new CacheAnswer.Miss(Stamp.NONE));
  }

  @Test
  void getAll_garbageUnderTheValue_isMissThatIsFilledAgain() {
    Stamp stamp = filled();
    set(LocalMomento.KEYS.value(KEY), "\u00ff\u00fenonsense");

    assertThat(get(patient)).isEqualTo(new CacheAnswer.Miss(stamp));
    patient.fill(KEY, ALICE, stamp, scope()).join();
    assertThat(get(patient)).isEqualTo(new CacheAnswer.Hit(ALICE, stamp));
  }

  @Test
  void getAll_garbageUnderTheValue_sparesOtherKeys() {
    set(LocalMomento.KEYS.value(KEY), "\u00ff\u00fenonsense");

    assertThat(patient.getAll(List.of(KEY, userKey("bob")), scope()).join())
        .containsEntry(userKey("bob"), new CacheAnswer.Miss(Stamp.NONE));
  }

  @Test
  void getAll_garbageUnderTheGeneration_isUnavailable() {
    set(LocalMomento.KEYS.generation(KEY), "many");

    assertThat(get(patient)).isEqualTo(UNAVAILABLE);
  }

  @Test
  void getAll_anothersValueUnderTheKey_isMiss() {
    Stamp stamp = filled();
    patient.fill(KEY, new Lookup.Found<>(user("bob")), stamp, scope()).join();

    assertThat(get(patient)).isEqualTo(new CacheAnswer.Miss(stamp));
  }

  @Test
  void getAll_hundredKeys_isOneCall() {
    assertThat(get(patient)).isInstanceOf(CacheAnswer.Miss.class);
    long counter = momento.server.faults().add(Rule.of(Fault.DELAY));
    List<EntityKey<?>> keys =
        IntStream.range(0, 100).<EntityKey<?>>mapToObj(i -> userKey("u" + i)).toList();

    assertThat(patient.getAll(keys, scope()).join()).hasSize(100);
    assertThat(momento.server.faults().injected(counter)).isEqualTo(1);
  }

  @Test
  void getAll_replicasLag_seesTheLastWrite() {
    momento.server.faults().add(Rule.of(Fault.LAG).delay(Duration.ofHours(1)));
    Stamp stamp = filled();

    assertThat(get(patient)).isEqualTo(new CacheAnswer.Hit(ALICE, stamp));
  }

  @Test
  void fill_ttl_isPassedOn() {
    filled();

    assertThat(remaining(LocalMomento.KEYS.value(KEY)))
        .isBetween(LocalMomento.TTL.minusMinutes(1), LocalMomento.TTL);
  }

  @Test
  void advance_ttl_outlivesAnswers() {
    filled();

    assertThat(remaining(LocalMomento.KEYS.generation(KEY)))
        .isBetween(Duration.ofHours(23), Duration.ofHours(24));
  }

  private Duration remaining(String item) {
    return switch (momento.client.itemGetTtl(CACHE, item).join()) {
      case ItemGetTtlResponse.Hit hit -> hit.remainingTtl();
      case ItemGetTtlResponse other -> throw new AssertionError(other.toString());
    };
  }

  private Stamp filled() {
    Advance.Alone alone = (Advance.Alone) patient.start(KEY, Stamp.NONE, scope()).join();
    patient.fill(KEY, ALICE, alone.stamp(), scope()).join();
    return alone.stamp();
  }

  private void set(String item, String value) {
    assertThat(momento.client.set(CACHE, item.getBytes(UTF_8), value.getBytes(UTF_8)).join())
        .isInstanceOf(SetResponse.Success.class);
  }

  private static CacheAnswer get(AccountCache cache) {
    return cache.getAll(List.of(KEY), scope()).join().getOrDefault(KEY, UNAVAILABLE);
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
