package accounts.server;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Username;
import accounts.grpc.InMemoryServer;
import accounts.grpc.WarmUpCalls;
import accounts.server.StopSignal.StoppedException;
import accounts.service.EntityReader;
import accounts.service.ReadOptions;
import accounts.service.WarmUpCommits;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server does before it takes calls. First it reads until there is a lease on the epochs,
 * since without one callers' reads would all go to the store. Then it calls itself, so that the
 * first callers do not wait for connections, class loading and uncompiled code. A server that
 * starts under load would otherwise be slow for everything at once: its calls of the cache time
 * out, and each becomes another read of the store.
 */
final class WarmUp {

  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

  /** Longer than it takes to get a lease; the server works without one, too. */
  private static final int LEASES = 2;

  /** About two hundred reads until there is a lease: enough to warm up, few for the store. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  /** After about this many rounds of calls the compiler has seen what they run. */
  static final int ROUNDS = 300;

  private static final int AT_ONCE = 4;

  /** Rounds for each commit: DynamoDB counts a refused commit like one that it makes. */
  private static final int ROUNDS_A_COMMIT = 8;

  private static final Duration COMPILER_PAUSE = Duration.ofMillis(100);

  /** As much as it compiles in a pause when callers' calls are all that is left to it. */
  private static final long COMPILER_CALM_MILLIS = 10;

  private static final UserKey NOBODY = new UserKey(new Username("warm-up"));

  private WarmUp() {}

  /** Starts what the server calls itself through. */
  interface Own {
    InMemoryServer start() throws IOException;
  }

  /** Reads until there is a lease, but at most for {@value #LEASES} times its length. */
  static void awaitLease(
      EntityReader reads, BooleanSupplier hasLease, Duration lease, StopSignal signal)
      throws StoppedException {
    CallScope scope = CallScope.of(lease.multipliedBy(LEASES));
    do {
      signal.result(
          reads
              .getAll(List.of(NOBODY), ReadOptions.DEFAULT, scope)
              .handle((results, failure) -> null));
      signal.pause(PAUSE);
    } while (!hasLease.getAsBoolean() && !scope.isOver());
  }

  /**
   * Makes the calls of {@link WarmUpCalls} and commits that the store refuses, and waits until what
   * they ran is compiled. That they fail is no reason not to start.
   *
   * @param longest how long all of them may take; nothing is done if it is zero
   */
  static void call(Own own, WarmUpCommits commits, Duration longest, StopSignal signal)
      throws StoppedException {
    if (longest.isZero()) {
      return;
    }
    CallScope scope = CallScope.of(longest);
    try (InMemoryServer server = own.start()) {
      WarmUpCalls calls = server.warmUpCalls(scope);
      for (int i = 0; i < ROUNDS && !scope.isOver(); i += AT_ONCE) {
        signal.result(calls.make(AT_ONCE));
        if (i % ROUNDS_A_COMMIT == 0) {
          signal.result(commits.make(1, scope));
        }
      }
      awaitCompiler(scope, signal);
      log.info("warmed up in {} ms", longest.minus(scope.remaining()).toMillis());
    } catch (IOException | RuntimeException e) {
      log.warn("no calls to warm up: {}", Futures.describe(e));
    }
  }

  /** What the calls left to be compiled would compete with the first callers for the processor. */
  private static void awaitCompiler(CallScope scope, StopSignal signal) throws StoppedException {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    long before;
    long now = compiler.getTotalCompilationTime();
    do {
      before = now;
      signal.pause(COMPILER_PAUSE);
      now = compiler.getTotalCompilationTime();
    } while (now - before > COMPILER_CALM_MILLIS && !scope.isOver());
  }
}
