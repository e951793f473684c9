package accounts.bench.load;

import java.util.HashMap;
import java.util.Map;

/** What is compared. */
enum Variant {
  /** Plain read-aside and write-aside: the baseline. */
  PLAIN("plain"),
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

  /** A busy machine may keep DynamoDB Local from answering for longer than the service waits. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(differences());
    environment.put("ACCOUNTS_STORE_TIMEOUT", "10s");
    return environment;
  }

  private Map<String, String> differences() {
    return switch (this) {
      case PLAIN ->
          Map.of(
              "ACCOUNTS_SAFEGUARDS_OFF", "generations",
              "ACCOUNTS_REPAIR", "false",
              "ACCOUNTS_HINTS", "false");
      case WITHOUT_REPAIR -> Map.of("ACCOUNTS_REPAIR", "false");
      case WHOLE -> Map.of();
    };
  }
}
