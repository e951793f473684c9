package accounts.bench;

import accounts.bench.load.Bill;
import accounts.bench.load.Prices;
import accounts.bench.load.Usage;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bill}: computes what a million calls cost. */
@Command(
    name = "bill",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Computes what a million calls cost, of what is paid for at AWS and Momento, and the quotas"
            + " that they take. Starts nothing.")
final class ComputeBill implements Callable<Integer> {

  @Option(
      names = "--prices",
      defaultValue = "bench/prices.properties",
      description = "file of prices (${DEFAULT-VALUE}: examples, check yours)")
  Path prices = Path.of("");

  @Option(names = "--calls", defaultValue = "1000", description = "a second (${DEFAULT-VALUE})")
  double calls;

  @Option(
      names = "--hits",
      defaultValue = "0.95",
      description = "share of reads that are hits (${DEFAULT-VALUE})")
  double hits;

  @Option(
      names = "--changes",
      defaultValue = "0.01",
      description = "share of calls that change something (${DEFAULT-VALUE})")
  double changes;

  @Option(
      names = "--write-units",
      defaultValue = "12",
      description = "for a change: 6 of a user, 12 to 16 of a membership (${DEFAULT-VALUE})")
  double writeUnits;

  @Option(
      names = "--item-bytes",
      defaultValue = "500",
      description = "size of a cell (${DEFAULT-VALUE})")
  double itemBytes;

  @Option(names = "--instances", defaultValue = "3", description = "how many (${DEFAULT-VALUE})")
  int instances;

  @Option(
      names = "--lease",
      defaultValue = "1",
      description = "ACCOUNTS_EPOCH_LEASE in seconds (${DEFAULT-VALUE})")
  double lease;

  @Option(
      names = "--shards",
      defaultValue = "4",
      description = "of the table's stream (${DEFAULT-VALUE})")
  int shards;

  @Spec CommandSpec command = CommandSpec.create(); // replaced by picocli

  @Override
  public Integer call() {
    try {
      Usage usage =
          new Usage(calls, hits, changes, writeUnits, itemBytes, instances, lease, shards);
      System.out.println("prices: " + prices + " (check your region's)");
      System.out.println(new Bill(Prices.read(prices), usage).text());
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
