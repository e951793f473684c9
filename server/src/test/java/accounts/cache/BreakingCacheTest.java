package accounts.cache;

import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.User;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BreakingCacheTest {

  private static final int CALLS = 4;
  private static final int TRIALS = 2;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final EntityKey<User> KEY = userKey("alice");
  private static final Lookup<User> ALICE = new Lookup.Found<>(user("alice"));
  private static final Stamp STAMP = new Stamp(1, 0);

  private final RecordingAccountCache below = new RecordingAccountCache(new InMemoryAccountCache());
  private final SettableClock clock = new SettableClock();
  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "cache",
          CircuitBreakerConfig.custom()
              .clock(clock)
              .slidingWindow(CALLS, CALLS, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
              .waitDurationInOpenState(PAUSE)
              .permittedNumberOfCallsInHalfOpenState(TRIALS)
              .build());
  private final AccountCache cache = new BreakingCache(below, breaker);

  private static final class SettableClock extends Clock {

    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void anyCall_open_asksNobodyAndIsUnavailableAtOnce() {
    open();
    int asked = below.calls();

    assertThat(cache.getAll(List.of(KEY, userKey("bob")), scope()))
        .isCompletedWithValue(
            Map.of(
                KEY, new CacheAnswer.Unavailable(), userKey("bob"), new CacheAnswer.Unavailable()));
    assertThat(cache.start(KEY, Stamp.NONE, scope()))
        .isCompletedWithValue(new Advance.Unavailable());
    assertThat(cache.advance(KEY, STAMP, scope())).isCompletedWithValue(new Advance.Unavailable());
    assertThat(cache.lease(KEY, STAMP, scope())).isCompletedWithValue(LeaseAnswer.UNAVAILABLE);
    assertThat(cache.fill(KEY, ALICE, STAMP, scope())).isCompleted();
    assertThat(below.calls()).isEqualTo(asked);
  }

  @Test
  void advance_unavailable_opensToo() {
    below.away = true;
    for (int i = 0; i < CALLS; i++) {
      cache.advance(KEY, STAMP, scope()).join();
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  @Test
  void getAll_fewerFailuresThanHalf_staysClosed() {
    for (int i = 0; i < 10 * CALLS; i++) {
      below.away = i % CALLS == 0;
      get();
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void getAll_misses_areNoFailures() {
    for (int i = 0; i < 10 * CALLS; i++) {
      get();
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void getAll_backAfterThePause_closes() {
    open();
    below.away = false;
    clock.now = clock.now.plus(PAUSE).plusMillis(1);
    for (int i = 0; i < TRIALS; i++) {
      assertThat(get()).isEqualTo(Map.of(KEY, new CacheAnswer.Miss(Stamp.NONE)));
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void getAll_stillAwayAfterThePause_opensAgainAfterTheTrials() {
    open();
    clock.now = clock.now.plus(PAUSE).plusMillis(1);
    below.looks.clear();
    for (int i = 0; i < 10; i++) {
      get();
    }

    assertThat(below.looks).hasSize(TRIALS);
    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  // Whoever hangs up, or waits for hardly any time, says nothing of the cache.
  @Test
  void getAll_callersGone_staysClosed() {
    below.away = true;
    for (int i = 0; i < 10 * CALLS; i++) {
      CallScope gone = scope();
      below.afterLook = gone::cancel;
      cache.getAll(List.of(KEY), gone).join();
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void getAll_callersGoneDuringTrials_leaveRoomForOthers() {
    open();
    clock.now = clock.now.plus(PAUSE).plusMillis(1);
    for (int i = 0; i < 10 * TRIALS; i++) {
      CallScope gone = scope();
      below.afterLook = gone::cancel;
      cache.getAll(List.of(KEY), gone).join();
    }
    below.afterLook = () -> {};
    below.away = false;

    assertThat(get()).isEqualTo(Map.of(KEY, new CacheAnswer.Miss(Stamp.NONE)));
  }

  private void open() {
    below.away = true;
    for (int i = 0; i < CALLS; i++) {
      get();
    }
    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  private Map<EntityKey<?>, CacheAnswer> get() {
    return cache.getAll(List.of(KEY), scope()).join();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
