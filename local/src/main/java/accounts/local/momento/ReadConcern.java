package accounts.local.momento;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How fresh a caller wants what it reads. */
enum ReadConcern {
  /** Any replica may answer. */
  BALANCED,
  /** The answer holds every write that was acknowledged before. */
  CONSISTENT;

  /** Reads the header; what is absent or unknown is the service's default. */
  static ReadConcern parse(@Nullable String header) {
    return header != null && header.toUpperCase(Locale.ROOT).equals(CONSISTENT.name())
        ? CONSISTENT
        : BALANCED;
  }
}
