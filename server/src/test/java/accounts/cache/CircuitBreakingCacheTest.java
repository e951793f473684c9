package accounts.cache;

import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CircuitBreakingCacheTest {

  private static final int CALLS = 4;
  private static final int TRIALS = 2;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final CellKey KEY = CellKey.of("incarnation", userKey("alice"));
  private static final CellKey BOB = CellKey.of("incarnation", userKey("bob"));
  private static final CellAnswer UNAVAILABLE = new CellAnswer.Unavailable();

  private final InMemoryCellCache below = new InMemoryCellCache();
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
  private final CellCache cache = new CircuitBreakingCache(below, breaker);

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
    below.clearCalls();

    assertThat(cache.get(KEY, scope())).isCompletedWithValue(UNAVAILABLE);
    assertThat(cache.getAll(List.of(KEY, BOB), scope()))
        .isCompletedWithValue(List.of(UNAVAILABLE, UNAVAILABLE));
    assertThat(cache.putIfAbsent(KEY, new Cell.Loading(), scope()))
        .isCompletedWithValue(new SwapResult.Unavailable());
    assertThat(below.calls()).isEmpty();
  }

  @Test
  void putIfAbsent_unavailable_opensToo() {
    away();
    for (int i = 0; i < CALLS; i++) {
      cache.putIfAbsent(KEY, new Cell.Loading(), scope()).join();
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  @Test
  void get_fewerFailuresThanHalf_staysClosed() {
    for (int i = 0; i < 10 * CALLS; i++) {
      int call = i;
      below.unavailable(name -> call % CALLS == 0);
      get();
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void get_misses_areNoFailures() {
    for (int i = 0; i < 10 * CALLS; i++) {
      get();
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void get_backAfterThePause_closes() {
    open();
    below.unavailable(name -> false);
    clock.now = clock.now.plus(PAUSE).plusMillis(1);
    for (int i = 0; i < TRIALS; i++) {
      assertThat(get()).isEqualTo(new CellAnswer.Nothing());
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void get_stillAwayAfterThePause_opensAgainAfterTheTrials() {
    open();
    clock.now = clock.now.plus(PAUSE).plusMillis(1);
    below.clearCalls();
    for (int i = 0; i < 10; i++) {
      get();
    }

    assertThat(below.calls()).hasSize(TRIALS);
    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  // A caller that disconnects, or has hardly any time, proves nothing about the cache.
  @Test
  void get_callersGone_staysClosed() {
    away();
    for (int i = 0; i < 10 * CALLS; i++) {
      CallScope gone = scope();
      gone.cancel();
      cache.get(KEY, gone).join();
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void get_callersGoneDuringTrials_leaveRoomForOthers() {
    open();
    clock.now = clock.now.plus(PAUSE).plusMillis(1);
    for (int i = 0; i < 10 * TRIALS; i++) {
      CallScope gone = scope();
      gone.cancel();
      cache.get(KEY, gone).join();
    }
    below.unavailable(name -> false);

    assertThat(get()).isEqualTo(new CellAnswer.Nothing());
  }

  private void open() {
    away();
    for (int i = 0; i < CALLS; i++) {
      get();
    }
    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  private void away() {
    below.unavailable(name -> true);
  }

  private CellAnswer get() {
    return cache.get(KEY, scope()).join();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
