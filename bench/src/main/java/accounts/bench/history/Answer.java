package accounts.bench.history;

import java.time.Duration;
import java.util.Optional;

/**
 * The answer to a read.
 *
 * @param revision of the entity; if it is absent, of its removal, or 0
 * @param value a text that differs for every content; {@link #ABSENT} for absence
 * @param age how long ago the answer was known to be current; empty if the response has none
 */
public record Answer(long revision, String value, Source source, Optional<Duration> age) {

  /** The value of an absent entity. */
  public static final String ABSENT = "absent";

  /** Returns an absence as errors report it, without source and age. */
  public static Answer absent(long revision) {
    return new Answer(revision, ABSENT, Source.UNSTATED, Optional.empty());
  }
}
