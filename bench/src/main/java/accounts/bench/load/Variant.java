package accounts.bench.load;

import accounts.bench.harness.ServerProgram;
import java.util.HashMap;
import java.util.Map;

/** What is compared. */
enum Variant {
  /** Plain read-aside and write-aside, as tutorials have it: the baseline. */
  TUTORIAL("tutorial"),
  /** All of the protocol but the repair from the stream. */
  WITHOUT_REPAIR("whole, repair off"),
  /** What runs unless told otherwise. */
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

  /** A busy machine may keep DynamoDB Local from answering for longer than the service waits. */
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
