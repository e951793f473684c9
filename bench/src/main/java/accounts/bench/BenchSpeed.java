package accounts.bench;

import accounts.bench.speed.Plan;
import accounts.bench.speed.Speed;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code speed}: how fast the service is, next to bare servers. */
@Command(
    name = "speed",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Measures throughput, processor time, allocation and latency of the service's calls, next to"
            + " servers that do the least possible for them. Exit code 0: all ratios are within"
            + " their bounds.")
final class BenchSpeed implements Callable<Integer> {

  @Option(names = "--quick", description = "fewer kinds of calls, and shorter rounds")
  boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "KIND",
      description = "only these kinds of calls, such as relay,fresh (all)")
  List<String> only = List.of();

  @Option(names = "--rounds", defaultValue = "5", description = "rounds (${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--before",
      paramLabel = "CLASSPATH",
      description = "another build of the service to measure, too (none)")
  @Nullable String before;

  @Option(
      names = "--jvm",
      split = " ",
      paramLabel = "FLAGS",
      description =
          "flags of the servers' JVMs beside the image's, such as"
              + " \"-XX:-UseG1GC -XX:+UseSerialGC\" (none)")
  List<String> jvm = List.of();

  @Option(
      names = "--image",
      paramLabel = "FOLDER",
      description =
          "measure the memory of the image whose files are there (of the classes of this build)")
  @Nullable Path image;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    Optional<String> other = Optional.ofNullable(before);
    Optional<Path> files = Optional.ofNullable(image);
    Plan plan =
        quick
            ? Plan.quick(rounds, only, other, jvm, files)
            : Plan.full(rounds, only, other, jvm, files);
    return Reports.print(Speed.run(plan, logs.folder));
  }
}
