package accounts.bench;

import accounts.bench.load.Abuse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code abuse}: attacks an instance, and watches a polite caller beside. */
@Command(
    name = "abuse",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Attacks one instance with a heap of 300 MiB, one attack after the other. Exit code 0: beside"
            + " each of them a caller with 20 reads/s had 99 % answered, the instance stayed below"
            + " 512 MiB and wrote no more than 20 lines of log.")
final class BenchAbuse implements Callable<Integer> {

  @Option(
      names = "--attack",
      defaultValue = "20s",
      description = "how long each attack lasts (${DEFAULT-VALUE})")
  Duration attack = Duration.ZERO;

  @Option(
      names = "--after",
      defaultValue = "5s",
      description = "the pause after each (${DEFAULT-VALUE})")
  Duration after = Duration.ZERO;

  @Option(
      names = "--only",
      defaultValue = "",
      description = "attacks with this in their name (all)")
  String only = "";

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    return Reports.print(Abuse.run(new Abuse.Plan(attack, after, only), logs.folder));
  }
}
