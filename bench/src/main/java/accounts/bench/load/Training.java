package accounts.bench.load;

import accounts.bench.freshness.Credentials;
import accounts.bench.freshness.Instance;
import accounts.bench.harness.BackendsProcess;
import accounts.bench.harness.BenchIdentity;
import accounts.bench.harness.ServerCommand;
import accounts.bench.harness.ServerProcess;
import accounts.bench.harness.ServerProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A short life of the server of an image, with TLS and callers with tokens, in which its JVM
 * records what it loads and what it runs often: when the server stops, that becomes the image's AOT
 * cache.
 */
public final class Training {

  private static final Duration READY = Duration.ofMinutes(3);

  /** The JVM links classes and writes the cache when the server has stopped. */
  private static final Duration WRITTEN = Duration.ofMinutes(3);

  private static final int MEMBERS = 200;
  private static final int CALLS = 10_000;
  private static final int AT_ONCE = 4;

  private Training() {}

  /**
   * Runs it.
   *
   * @param image a folder with the files of the image
   * @param cache the file to write
   * @param logs a folder for the output of what is started
   * @throws IllegalStateException if the server does not end in good order
   */
  public static void run(Path image, Path cache, Path logs) throws InterruptedException {
    Path identities = logs.resolve("identity");
    BenchIdentity identity = BenchIdentity.create(identities);
    Path log = logs.resolve("trained.log");
    try (BackendsProcess backends = BackendsProcess.start(logs.resolve("backends.log"));
        ServerProcess server =
            ServerProcess.of(
                environment(backends, identity, identities),
                ServerProgram.of(ServerCommand.ofImage(image).with("-XX:AOTCacheOutput=" + cache)),
                log)) {
      server.start();
      server.awaitServing(READY);
      Credentials caller =
          new Credentials(Optional.of(identities.resolve("ca.pem")), Optional.of(identity.token()));
      try (Instance instance = Instance.connect("trained", server.address(), 1, caller)) {
        call(instance);
      }
      server.terminate();
      OptionalInt code = server.awaitExit(WRITTEN);
      if (code.isEmpty() || code.getAsInt() != 0) {
        throw new IllegalStateException(
            "the server ended with %s (expected: 0); its output: %s".formatted(code, log));
      }
    }
  }

  private static Map<String, String> environment(
      BackendsProcess backends, BenchIdentity identity, Path identities) {
    Map<String, String> environment = new HashMap<>(backends.environment());
    environment.putAll(identity.environment());
    environment.put("ACCOUNTS_TLS_CERTIFICATE", identities.resolve("server.pem").toString());
    environment.put("ACCOUNTS_TLS_KEY", identities.resolve("server.key").toString());
    environment.put("ACCOUNTS_LOG_FORMAT", "json");
    // For its classes; what it runs is run by the calls, too.
    environment.put("ACCOUNTS_WARM_UP", "2s");
    return environment;
  }

  private static void call(Instance instance) throws InterruptedException {
    MixedCalls calls =
        new MixedCalls(instance, MixedCalls.Members.create(instance, "training", MEMBERS));
    ClosedLoop.run(AT_ONCE, CALLS, calls::send);
  }
}
