package accounts.server;

import accounts.cache.CellCache;
import accounts.cache.CircuitBreakingCache;
import accounts.cache.momento.CellCodec;
import accounts.cache.momento.MomentoCellCache;
import accounts.freshness.EpochLease;
import accounts.metrics.Metrics;
import accounts.server.config.Configuration;
import accounts.telemetry.Telemetry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;

/** Builds the views of the one cache that readers and writers use, each with its decorators. */
final class CellCaches {

  private static final int BREAKER_WINDOW_SECONDS = 5;
  private static final int BREAKER_CALLS = 20;
  private static final int BREAKER_TRIALS = 5;
  private static final Duration BREAKER_PAUSE = Duration.ofMillis(500);

  private final Configuration.Cache cache;
  private final Clients clients;
  private final Metrics metrics;
  private final Telemetry telemetry;
  private final Parts parts;
  private final EpochLease lease;
  private final CellCodec codec;
  private final CircuitBreaker breaker = newBreaker();

  CellCaches(
      Configuration.Cache cache,
      Clients clients,
      Metrics metrics,
      Telemetry telemetry,
      Parts parts,
      EpochLease lease) {
    this.cache = cache;
    this.clients = clients;
    this.metrics = metrics;
    this.telemetry = telemetry;
    this.parts = parts;
    this.lease = lease;
    this.codec = parts.codec(parts.nonces());
  }

  /** Returns the cache for writers: no circuit breaker, since every write must reach its cells. */
  CellCache writers() {
    return metrics.metered(parts.writersCells(cells(Clients.WRITERS_TIMEOUT)), "writer");
  }

  /** Returns the cache for readers; all of these share a circuit breaker. */
  CellCache readers(Duration timeout) {
    return metrics.metered(
        parts.readersCells(new CircuitBreakingCache(cells(timeout), breaker), lease), "reader");
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  private CellCache cells(Duration timeout) {
    return telemetry.traced(
        metrics.timed(
            new MomentoCellCache(clients.momento().sessions(), codec, timeout, cache.ttl())));
  }

  private static CircuitBreaker newBreaker() {
    return CircuitBreaker.of(
        "cache",
        CircuitBreakerConfig.custom()
            .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
            .slidingWindowSize(BREAKER_WINDOW_SECONDS)
            .minimumNumberOfCalls(BREAKER_CALLS)
            .waitDurationInOpenState(BREAKER_PAUSE)
            .permittedNumberOfCallsInHalfOpenState(BREAKER_TRIALS)
            .build());
  }
}
