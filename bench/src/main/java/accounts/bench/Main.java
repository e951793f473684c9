package accounts.bench;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the checker and the measurements. */
@Command(
    name = "bench",
    description = "Checks that Accounts keeps its promises, and measures what they cost.",
    mixinStandardHelpOptions = true,
    subcommands = {
      CheckFreshness.class,
      CheckMutants.class,
      CheckDashboard.class,
      BenchOutage.class,
      BenchHerd.class,
      BenchCost.class,
      ComputeBill.class,
      BenchSpeed.class,
      BenchCurves.class,
      BenchCutOff.class,
      BenchColdStart.class,
      BenchSlowStore.class,
      BenchBurst.class,
      BenchAbuse.class,
      BenchOverload.class,
      BenchFirstCalls.class,
      BenchRollingRestart.class,
      BenchWatch.class,
      TrainImage.class,
      Simulate.class,
      CheckSimulation.class
    })
public final class Main {

  private Main() {}

  /** Runs a subcommand and exits with its exit code. */
  public static void main(String[] args) {
    quiet();
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).registerConverter(Duration.class, Durations::parse);
  }

  /** Silences DynamoDB Local (log4j) and Jetty (SLF4J), whose logs do not help here. */
  private static void quiet() {
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
    System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
    System.setProperty("ACCOUNTS_LOG_LEVEL", "ERROR");
  }
}
