package accounts.bench;

import accounts.bench.freshness.Credentials;
import accounts.bench.freshness.Instance;
import accounts.bench.freshness.Instances;
import accounts.bench.freshness.Ledger;
import accounts.bench.freshness.Load;
import accounts.bench.freshness.Workload;
import accounts.bench.harness.Cluster;
import accounts.bench.harness.FaultRun;
import accounts.bench.history.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code check-freshness}: checks the guarantee on an existing deployment, or on one of
 * its own under faults.
 */
@Command(
    name = "check-freshness",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Reads and writes through all instances at once and checks that no read is older than a"
            + " write acknowledged before it. Exit code 0: the guarantee held.")
final class CheckFreshness implements Callable<Integer> {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

  /**
   * The TTL is short enough for answers to expire during a run, but longer than the repair may take
   * for out-of-band changes. The queue for the store is short enough for {@code ReadBursts} to
   * overload it.
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("ACCOUNTS_CACHE_TTL", "8s", "ACCOUNTS_STORE_QUEUE", "60");

  @Option(
      names = "--addresses",
      split = ",",
      paramLabel = "HOST:PORT",
      description =
          "instances of a deployment to check; without, three are started here, over"
              + " DynamoDB Local and the local cache, with faults")
  List<String> addresses = List.of();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "of the deployment's certificates, as PEM (plaintext)")
  @Nullable Path ca;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "a token for the deployment that may read, write and act as anyone; read once (none)")
  @Nullable Path tokenFile;

  @Option(names = "--duration", defaultValue = "30s", description = "how long (${DEFAULT-VALUE})")
  Duration duration = Duration.ZERO;

  @Option(names = "--bound", defaultValue = "1s", description = "age of BOUNDED (${DEFAULT-VALUE})")
  Duration bound = Duration.ZERO;

  @Option(
      names = "--window",
      defaultValue = "5s",
      description =
          "how long reads may flip back behind a write that was never acknowledged"
              + " (${DEFAULT-VALUE})")
  Duration window = Duration.ZERO;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the schedule of faults (${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = "--least",
      defaultValue = "100",
      description = "the least number of answers to check in each second (${DEFAULT-VALUE})")
  long leastPerSecond;

  @Mixin Logs logs = new Logs();

  @Spec CommandSpec command = CommandSpec.create(); // replaced by picocli

  @Override
  public Integer call() throws InterruptedException {
    if (duration.compareTo(SHORTEST) < 0) {
      throw new ParameterException(
          command.commandLine(),
          "--duration: %d ms (expected: a second or more, like 30s, 10m)"
              .formatted(duration.toMillis()));
    }
    return addresses.isEmpty() ? ownCluster() : deployment();
  }

  private int deployment() throws InterruptedException {
    Ledger ledger = new Ledger(rules());
    try (Instances instances = Instances.connect(addresses, 1, credentials())) {
      instances.all().forEach(this::requireAnswer);
      Workload.run(instances, ledger, Load.DEFAULT, extras -> Thread.sleep(duration));
    }
    System.out.print(ledger.text());
    return verdict(ledger, List.of(), List.of());
  }

  private Credentials credentials() {
    return new Credentials(
        Optional.ofNullable(ca), Optional.ofNullable(tokenFile).map(this::token));
  }

  private String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ParameterException(
          command.commandLine(),
          "--token-file: %s: cannot be read (expected: a file with a token)".formatted(file));
    }
  }

  private void requireAnswer(Instance instance) {
    instance
        .fault()
        .ifPresent(fault -> {
          throw new ParameterException(
              command.commandLine(),
              "--addresses: %s: %s (expected: HOST:PORT of an Accounts server that this caller may use; see --ca, --token-file)"
                  .formatted(instance.address(), fault));
        });
  }

  private int ownCluster() throws InterruptedException {
    Ledger ledger = new Ledger(rules());
    try (Cluster cluster = Cluster.start(3, ENVIRONMENT, seed, logs.folder)) {
      FaultRun run = FaultRun.ofAll(cluster, ledger, seed, hold());
      run.run(duration, Load.DEFAULT);
      System.out.print(run.text() + ledger.text());
      return verdict(ledger, run.missing(), run.complaints());
    }
  }

  /** Returns the longest time of a fault: in a short run faults are short, so that all occur. */
  private Duration hold() {
    return Duration.ofMillis(Math.clamp(duration.toMillis() / 30, 500, 4000));
  }

  private Rules rules() {
    return new Rules(bound, window, LONGEST_CALL);
  }

  private int verdict(Ledger ledger, List<String> missing, List<String> more) {
    long checked = ledger.tally().checked();
    long least = leastPerSecond * duration.toSeconds();
    Map<String, Boolean> complaints = new LinkedHashMap<>();
    complaints.put("violations: " + ledger.violations(), ledger.violations() > 0);
    complaints.put(
        "calls failed in a way that no fault explains: " + ledger.tally().unexpected(),
        ledger.tally().unexpected() > 0);
    complaints.put("never occurred: " + missing, !missing.isEmpty());
    more.forEach(complaint -> complaints.put(complaint, true));
    complaints.put("%d answers checked (expected: %d)".formatted(checked, least), checked < least);
    complaints.values().removeIf(holds -> !holds);
    complaints.keySet().forEach(System.out::println);
    System.out.println(complaints.isEmpty() ? "PASSED" : "FAILED");
    return complaints.isEmpty() ? 0 : 1;
  }
}
