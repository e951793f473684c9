package accounts.bench;

import accounts.bench.simulation.Calibration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code check-simulation}: compares the simulation with real servers. */
@Command(
    name = "check-simulation",
    mixinStandardHelpOptions = true,
    description =
        "Plays the same traces to the simulation and to real servers. Exit code 0: hits, misses and"
            + " reads of DynamoDB differ by 10 %% at most.")
final class CheckSimulation implements Callable<Integer> {

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    boolean passed = Calibration.run(logs.folder, System.out::println);
    System.out.println(passed ? "PASS" : "FAIL");
    return passed ? 0 : 1;
  }
}
