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
            + " each of them a caller with 20 reads/s had 99 %% answered, the instance stayed below"
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

  @Option(
      names = "--pod",
      description =
          "give the instance the memory of a pod: a control group of 768 MiB, whose processes are"
              + " killed beyond that, and a heap of 60 %% of it (root, Linux); exit code 0: it was"
              + " not killed, either")
  boolean pod;

  @Mixin Logs logs = new Logs();

  @Override
  public Integer call() throws InterruptedException {
    return Reports.print(Abuse.run(new Abuse.Plan(attack, after, only, pod), logs.folder));
  }
}
