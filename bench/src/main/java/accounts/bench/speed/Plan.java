package accounts.bench.speed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The size of a measurement.
 *
 * @param kinds what is measured
 * @param users how many are read, 100 or more
 * @param rounds in each of which every kind has its turn
 * @param warmUp how long each kind may take, before the first round, until its server has compiled
 *     its code
 * @param closed how long each is measured in a closed loop in a round
 * @param open how long at each load in an open loop
 * @param loads shares of the highest throughput
 * @param latencies of which kinds latencies are measured
 * @param before the classpath of another build to measure, too
 * @param node the folder that the tutorials' server in Node.js is installed in; empty for none
 * @param prices a file of prices
 * @param results the folder that the report and its plots are written to; empty for none
 * @param start for how long a service may warm itself up before it takes calls
 * @param jvm flags of all servers' JVMs beside the image's, over which they win
 * @param image a folder with the files of the image whose memory is measured; empty for this
 *     build's classes
 */
public record Plan(
    Set<Kind> kinds,
    int users,
    int rounds,
    Duration warmUp,
    Duration closed,
    Duration open,
    List<Double> loads,
    Set<Kind> latencies,
    Optional<String> before,
    Optional<Path> node,
    Path prices,
    Optional<Path> results,
    Duration start,
    List<String> jvm,
    Optional<Path> image) {

  private static final int USERS = 2000;
  private static final Path NODE = Path.of("bench", "target", "node-tutorial");
  private static final Path PRICES = Path.of("bench", "prices.properties");
  private static final Path RESULTS = Path.of("docs", "performance");

  /** As deployed. */
  private static final Duration START = Duration.ofSeconds(10);

  public Plan {
    jvm = List.copyOf(jvm);
  }

  /**
   * Returns a plan for a minute and a half.
   *
   * @param only the names of the kinds to measure; empty for all
   */
  public static Plan quick(
      int rounds,
      List<String> only,
      Optional<String> before,
      List<String> jvm,
      Optional<Path> image) {
    return new Plan(
        kinds(only, Kind::isQuick),
        USERS,
        rounds,
        Duration.ofSeconds(8),
        Duration.ofMillis(500),
        Duration.ofMillis(400),
        List.of(0.5),
        EnumSet.of(Kind.RELAY, Kind.FRESH),
        before,
        installedNode(),
        PRICES,
        Optional.empty(),
        START,
        jvm,
        image);
  }

  /**
   * Returns a plan for ten minutes.
   *
   * @param only the names of the kinds to measure; empty for all
   */
  public static Plan full(
      int rounds,
      List<String> only,
      Optional<String> before,
      List<String> jvm,
      Optional<Path> image) {
    return new Plan(
        kinds(only, kind -> true),
        USERS,
        rounds,
        Duration.ofSeconds(15),
        Duration.ofMillis(1500),
        Duration.ofSeconds(1),
        List.of(0.25, 0.5, 0.8),
        EnumSet.complementOf(EnumSet.of(Kind.METERED, Kind.TOKEN, Kind.TRACED, Kind.ADD)),
        before,
        installedNode(),
        PRICES,
        only.isEmpty() && jvm.isEmpty() ? Optional.of(RESULTS) : Optional.empty(),
        START,
        jvm,
        image);
  }

  private static Optional<Path> installedNode() {
    return Optional.of(NODE).filter(Files::isDirectory);
  }

  private static Set<Kind> kinds(List<String> only, Predicate<Kind> isWanted) {
    return only.isEmpty()
        ? Arrays.stream(Kind.values())
            .filter(isWanted)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)))
        : only.stream()
            .map(name -> Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
  }
}
