package accounts.server;

import accounts.async.Futures;
import accounts.freshness.FleetGuard;
import accounts.server.StopSignal.StoppedException;
import accounts.server.config.ConfigurationException;
import accounts.store.dynamodb.TableCheck.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the table and the settings that the instances share before the server takes calls. What
 * has just been started may need a moment, so what fails is tried again, within one limit for all.
 * For one thread.
 */
final class StartChecks {

  private static final Logger log = LoggerFactory.getLogger(StartChecks.class);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final String address;
  private final Limits limits;
  private final StopSignal signal;
  private final long began = System.nanoTime();
  private boolean warned;

  /**
   * How long the checks take at most.
   *
   * @param store for all of them, while DynamoDB does not answer
   * @param table while the table is missing or wrong
   * @param description until the server goes on without a description of the table
   * @param silence until it is logged that there is no answer
   */
  record Limits(Duration store, Duration table, Duration description, Duration silence) {

    static final Limits DEFAULT =
        new Limits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));
  }

  /**
   * @param address where the store is, for people
   * @param signal ends the checks
   */
  StartChecks(String address, Limits limits, StopSignal signal) {
    this.address = address;
    this.limits = limits;
    this.signal = signal;
  }

  /**
   * Returns the table's id once the table is as the server needs it; empty if the table cannot be
   * described but read, and a fleet uses it: the control plane may be down, or not permitted.
   *
   * @throws ConfigurationException if the table is wrong
   * @throws StartException if DynamoDB cannot be reached
   */
  Optional<String> tableId(Supplier<CompletableFuture<Table>> check, FleetGuard guard)
      throws ConfigurationException, StartException, StoppedException {
    while (true) {
      try {
        Table table = answer(check.get());
        if (table.faults().isEmpty()) {
          return Optional.of(table.id());
        }
        if (isOver(limits.table())) {
          throw new ConfigurationException(table.faults());
        }
      } catch (CompletionException e) {
        if (isOver(limits.description()) && isThereAFleet(guard)) {
          log.warn("table not described, the cache is not used until it is: {}", reason(e));
          return Optional.empty();
        }
        again(e);
      }
      signal.pause(PAUSE);
    }
  }

  /**
   * Compares this instance's settings with those of the fleet: an instance with others would
   * answer, or acknowledge, what is not fresh.
   *
   * @throws ConfigurationException if they differ
   * @throws StartException if DynamoDB cannot be reached
   */
  void settings(FleetGuard guard) throws ConfigurationException, StartException, StoppedException {
    while (true) {
      try {
        List<String> differences = answer(guard.differences());
        if (differences.isEmpty()) {
          return;
        }
        throw new ConfigurationException(differences);
      } catch (CompletionException e) {
        again(e);
      }
      signal.pause(PAUSE);
    }
  }

  private boolean isThereAFleet(FleetGuard guard) throws StoppedException {
    try {
      return answer(guard.isThereAFleet());
    } catch (CompletionException e) {
      return false; // as the failure says that is reported
    }
  }

  /** Waits for an answer, for no longer than the limit, and says so if it takes its time. */
  private <T> T answer(CompletableFuture<T> pending) throws StoppedException {
    Duration left = limits.store().minus(elapsed());
    CompletableFuture<T> bounded =
        pending.copy().orTimeout(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
    try {
      signal.result(bounded.copy().orTimeout(limits.silence().toMillis(), TimeUnit.MILLISECONDS));
    } catch (CompletionException e) {
      if (!bounded.isDone()) {
        warn("no answer");
      }
    }
    return signal.result(bounded);
  }

  private void again(CompletionException failure) throws StartException {
    if (isOver(limits.store())) {
      throw new StartException("store: %s: %s".formatted(address, reason(failure)), failure);
    }
    warn(reason(failure));
  }

  private void warn(String reason) {
    if (!warned) {
      log.warn(
          "DynamoDB does not answer at {}, trying for {} s: {}",
          address,
          limits.store().toSeconds(),
          reason);
      warned = true;
    }
  }

  private static String reason(CompletionException failure) {
    return Futures.cause(failure) instanceof java.util.concurrent.TimeoutException
        ? "no answer"
        : Futures.describe(failure);
  }

  private boolean isOver(Duration limit) {
    return elapsed().compareTo(limit) >= 0;
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
