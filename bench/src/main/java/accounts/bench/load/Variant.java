package accounts.bench.load;

import accounts.bench.harness.ServerProgram;
import java.util.HashMap;
import java.util.Map;

/** A variant of the server whose cost is compared. */
enum Variant {
  /** Plain read-aside and write-aside, as in tutorials: the baseline. */
  TUTORIAL("tutorial"),
  /** The whole protocol except the repair from the stream. */
  WITHOUT_REPAIR("whole, repair off"),
  /** The default configuration. */
  WHOLE("whole");

  private final String title;

  Variant(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  ServerProgram program() {
    ServerProgram program = this == TUTORIAL ? new ServerProgram("tutorial") : ServerProgram.INTACT;
    return program.optimized();
  }

  /**
   * Returns the environment of the server. The timeout is longer than the default, since DynamoDB
   * Local may answer late on a busy machine.
   */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(differences());
    environment.put("ACCOUNTS_STORE_TIMEOUT", "10s");
    return environment;
  }

  private Map<String, String> differences() {
    return switch (this) {
      case TUTORIAL -> Map.of("ACCOUNTS_REPAIR", "false", "ACCOUNTS_HINTS", "false");
      case WITHOUT_REPAIR -> Map.of("ACCOUNTS_REPAIR", "false");
      case WHOLE -> Map.of();
    };
  }
}
