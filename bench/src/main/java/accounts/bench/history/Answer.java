package accounts.bench.history;

import java.time.Duration;
import java.util.Optional;

/**
 * What a read returned.
 *
 * @param revision that of the thing; of its removal, or 0, where it is absent
 * @param value what tells this revision's content from any other's; {@link #ABSENT} for absence
 * @param age how long ago the answer was known to be current; empty where it is not said
 */
public record Answer(long revision, String value, Source source, Optional<Duration> age) {

  /** The value of what is not there. */
  public static final String ABSENT = "absent";

  /** Returns an absence as errors tell it: without source and age. */
  public static Answer absent(long revision) {
    return new Answer(revision, ABSENT, Source.UNSTATED, Optional.empty());
  }
}
