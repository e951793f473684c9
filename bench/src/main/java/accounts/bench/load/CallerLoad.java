package accounts.bench.load;

import java.util.List;
import java.util.Map;

/**
 * A steady load of reads and changes by one client that balances its calls over all instances. Runs
 * until it is closed. Safe for any thread.
 */
interface CallerLoad extends AutoCloseable {

  /** Returns the name of the client, for reports. */
  String name();

  /** Returns the calls that were due in a period and have ended. */
  Samples in(Period period);

  /** Returns how many attempts so far were not the first of their call. */
  long retries();

  /** Returns the attempts so far by address, {@code host:port}. */
  Map<String, Long> byAddress();

  /**
   * Changes what the name of the service is resolved to; the client notices when it looks it up
   * again.
   *
   * @param addresses of all instances, each as {@code host:port}
   */
  void resolveTo(List<String> addresses);

  /** Stops sending; returns when all calls have ended. */
  @Override
  void close();
}
