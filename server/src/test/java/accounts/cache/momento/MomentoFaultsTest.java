package accounts.cache.momento;

import static accounts.cache.momento.LocalMomento.CACHE;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.Timeouts;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.CellVersion;
import accounts.cache.SwapResult;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import io.grpc.Context;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import momento.sdk.CacheClient;
import momento.sdk.responses.cache.SetResponse;
import momento.sdk.responses.cache.ttl.ItemGetTtlResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only the real client can get wrong. */
final class MomentoFaultsTest {

  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(1);

  /** Longer than that, and shorter than twice that, for which an answer is awaited. */
  private static final Duration BUSY = Duration.ofMillis(1500);

  private static final Duration TIMEOUT_AND_SLACK = Duration.ofSeconds(5);
  private static final CellKey KEY = CellKey.of("incarnation", userKey("alice"));
  private static final CellKey BOB = CellKey.of("incarnation", userKey("bob"));
  private static final Cell ALICE = new Cell.Value(7, new Lookup.Found<>(user("alice")));
  private static final CellAnswer UNAVAILABLE = new CellAnswer.Unavailable();

  private final LocalMomento momento = new LocalMomento();
  private final CacheClient client = momento.sdk();
  private final CellCache cache = momento.cache(Duration.ofSeconds(10));

  @AfterEach
  void close() {
    client.close();
    momento.close();
  }

  @Test
  void anyCall_cacheStopped_isUnavailableAndNeverFails() {
    CellVersion version = put(new Cell.Loading());
    momento.server.stop();

    assertAllUnavailable(cache, version);
  }

  @Test
  void anyCall_cacheSilent_isUnavailableAfterTheTimeout() {
    CellVersion version = put(new Cell.Loading());
    momento.server.faults().add(Rule.of(Fault.DROP));

    assertAllUnavailable(momento.cache(TIMEOUT), version);
  }

  @Test
  void get_threadBusyForLongerThanTheTimeout_isAnsweredAllTheSame() {
    CellVersion version = put(ALICE);
    CellCache cacheWithTimeout = momento.cache(LONG_TIMEOUT);
    EventLoop loop = momento.threads.loops().getFirst();
    CompletableFuture<CellAnswer> answer = new CompletableFuture<>();
    CompletableFuture<Void> timeoutIsOver = new CompletableFuture<>();
    loop.execute(() -> {
      var unused = cacheWithTimeout.get(KEY, scope()).thenAccept(answer::complete);
      var unusedTimeout = Timeouts.after(BUSY.toNanos(), () -> timeoutIsOver.complete(null));
      loop.execute(timeoutIsOver::join);
    });

    assertThat(answer)
        .succeedsWithin(TIMEOUT_AND_SLACK)
        .isInstanceOfSatisfying(
            CellAnswer.Seen.class, seen -> assertThat(seen.version()).isEqualTo(version));
  }

  private static void assertAllUnavailable(CellCache cache, CellVersion version) {
    assertThat(cache.get(KEY, scope())).succeedsWithin(TIMEOUT_AND_SLACK).isEqualTo(UNAVAILABLE);
    assertThat(cache.getAll(List.of(KEY, BOB), scope()))
        .succeedsWithin(TIMEOUT_AND_SLACK)
        .isEqualTo(List.of(UNAVAILABLE, UNAVAILABLE));
    assertThat(cache.putIfAbsent(KEY, ALICE, scope()))
        .succeedsWithin(TIMEOUT_AND_SLACK)
        .isEqualTo(new SwapResult.Unavailable());
    assertThat(cache.replace(KEY, version, ALICE, scope()))
        .succeedsWithin(TIMEOUT_AND_SLACK)
        .isEqualTo(new SwapResult.Unavailable());
  }

  @Test
  void get_callerGoneMeanwhile_isUnavailableAtOnce() {
    momento.server.faults().add(Rule.of(Fault.DROP));
    CallScope scope = scope();
    CompletableFuture<CellAnswer> answer = cache.get(KEY, scope);
    scope.cancel();

    assertThat(answer).isCompletedWithValue(UNAVAILABLE);
  }

  @Test
  void anyCall_callersGrpcContextCancelled_stillAnswers() {
    Context.CancellableContext caller = Context.current().withCancellation();
    caller.cancel(null);
    Context previous = caller.attach();
    try {
      assertThat(get(KEY)).isEqualTo(new CellAnswer.Nothing());
      assertThat(cache.putIfAbsent(KEY, ALICE, scope()).join())
          .isInstanceOf(SwapResult.Swapped.class);
    } finally {
      caller.detach(previous);
    }
  }

  @Test
  void anyCall_cacheThrottles_isUnavailable() {
    momento.server.faults().add(Rule.of(Fault.THROTTLE));

    assertThat(get(KEY)).isEqualTo(UNAVAILABLE);
    assertThat(cache.putIfAbsent(KEY, ALICE, scope()).join())
        .isEqualTo(new SwapResult.Unavailable());
  }

  @Test
  void putIfAbsent_doneButAnsweredWithAnError_isUnavailableAndNotRepeated() {
    long rule = momento.server.faults().add(Rule.of(Fault.ERROR_AFTER).rpcs("SetIf"));

    assertThat(cache.putIfAbsent(KEY, ALICE, scope()).join())
        .isEqualTo(new SwapResult.Unavailable());
    assertThat(momento.server.faults().injected(rule)).isEqualTo(1);
    assertThat(get(KEY)).isInstanceOf(CellAnswer.Seen.class);
  }

  @Test
  void replace_appliedAgainLater_changesNothing() {
    long rule = momento.server.faults().add(Rule.of(Fault.DUPLICATE).rpcs("SetIf"));
    CellVersion loading = put(new Cell.Loading());
    assertThat(cache.replace(KEY, loading, ALICE, scope()).join())
        .isInstanceOf(SwapResult.Swapped.class);

    assertThat(momento.server.faults().injected(rule)).isPositive();
    assertThat(get(KEY))
        .isInstanceOfSatisfying(
            CellAnswer.Seen.class, seen -> assertThat(seen.cell()).isEqualTo(ALICE));
  }

  @Test
  void get_cacheBackOnTheSamePort_answersWithoutANewClient() {
    assertThat(get(KEY)).isEqualTo(new CellAnswer.Nothing());
    momento.server.stop();
    assertThat(get(KEY)).isEqualTo(UNAVAILABLE);
    momento.server.restart();

    // The channel reconnects when its backoff is over; every call says whether it has.
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    CellAnswer answer = get(KEY);
    while (answer.equals(UNAVAILABLE) && System.nanoTime() < end) {
      Thread.onSpinWait();
      answer = get(KEY);
    }
    assertThat(answer).isEqualTo(new CellAnswer.Nothing());
  }

  @Test
  void get_garbage_isUnreadableAndCanBeReplaced() {
    set(KEY, "\u00ff\u00fenonsense");
    CellAnswer.Seen seen = (CellAnswer.Seen) get(KEY);

    assertThat(seen.cell()).isEqualTo(new Cell.Unreadable());
    assertThat(cache.replace(KEY, seen.version(), ALICE, scope()).join())
        .isInstanceOf(SwapResult.Swapped.class);
  }

  @Test
  void getAll_garbageUnderOneKey_sparesOthers() {
    set(KEY, "\u00ff\u00fenonsense");

    assertThat(cache.getAll(List.of(KEY, BOB), scope()).join())
        .satisfiesExactly(
            garbage ->
                assertThat(((CellAnswer.Seen) garbage).cell()).isEqualTo(new Cell.Unreadable()),
            nothing -> assertThat(nothing).isEqualTo(new CellAnswer.Nothing()));
  }

  @Test
  void get_valueOfAnotherFormatOfAnswers_isKnownByEpochAndRevision() {
    momento.cache(TIMEOUT_AND_SLACK, 99).putIfAbsent(KEY, ALICE, scope()).join();
    CellAnswer.Seen seen = (CellAnswer.Seen) get(KEY);

    assertThat(seen.cell()).isEqualTo(new Cell.OtherFormat(7, Revision.FIRST));
    assertThat(cache.replace(KEY, seen.version(), new Cell.Invalid(), scope()).join())
        .isInstanceOf(SwapResult.Swapped.class);
  }

  @Test
  void getAll_hundredKeys_isOneCall() {
    assertThat(get(KEY)).isEqualTo(new CellAnswer.Nothing());
    long counter = momento.server.faults().add(Rule.of(Fault.DELAY));
    List<CellKey> keys =
        IntStream.range(0, 100).mapToObj(i -> CellKey.of("incarnation", userKey("u" + i))).toList();

    assertThat(cache.getAll(keys, scope()).join()).hasSize(100);
    assertThat(momento.server.faults().injected(counter)).isEqualTo(1);
  }

  @Test
  void get_replicasLag_seesTheLastChange() {
    momento.server.faults().add(Rule.of(Fault.LAG).delay(Duration.ofHours(1)));
    CellVersion version = put(ALICE);

    assertThat(get(KEY)).isEqualTo(new CellAnswer.Seen(ALICE, version));
    assertThat(cache.getAll(List.of(KEY), scope()).join())
        .containsExactly(new CellAnswer.Seen(ALICE, version));
  }

  @Test
  void putIfAbsent_value_isKeptForTheTtl() {
    put(ALICE);

    assertThat(remaining(KEY)).isBetween(LocalMomento.TTL.minusMinutes(1), LocalMomento.TTL);
  }

  @Test
  void putIfAbsent_loading_isKeptForAMinute() {
    put(new Cell.Loading());

    assertThat(remaining(KEY)).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
  }

  private Duration remaining(CellKey key) {
    return switch (client.itemGetTtl(CACHE, key.text()).join()) {
      case ItemGetTtlResponse.Hit hit -> hit.remainingTtl();
      case ItemGetTtlResponse other -> throw new AssertionError(other.toString());
    };
  }

  private CellVersion put(Cell cell) {
    return ((SwapResult.Swapped) cache.putIfAbsent(KEY, cell, scope()).join()).version();
  }

  private void set(CellKey key, String value) {
    assertThat(client.set(CACHE, key.text().getBytes(UTF_8), value.getBytes(UTF_8)).join())
        .isInstanceOf(SetResponse.Success.class);
  }

  private CellAnswer get(CellKey key) {
    return cache.get(key, scope()).join();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
