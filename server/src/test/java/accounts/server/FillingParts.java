package accounts.server;

import java.time.Duration;

/** Searches the table for accounts that are not in the directory, ten times a second. */
final class FillingParts extends TestParts {

  @Override
  Duration backfillPause() {
    return Duration.ofMillis(100);
  }
}
