package accounts.local.momento;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The recent past versions of keys, oldest first. Safe for any thread. */
final class History {

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int KEPT_VERSIONS = 64;
  private static final int KEPT_KEYS = 10_000;

  private final Ticker ticker;
  private final Cache<ByteString, List<PastVersion>> versions;

  History(Ticker ticker) {
    this.ticker = ticker;
    this.versions =
        Caffeine.newBuilder()
            .maximumSize(KEPT_KEYS)
            .expireAfterWrite(KEPT)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * Records the item that a key held until now. Called within the change of that key, hence in
   * order.
   */
  void replaced(ByteString key, @Nullable Item item) {
    PastVersion version = new PastVersion(item, ticker.read());
    versions.asMap().merge(key, List.of(version), History::joined);
  }

  private static List<PastVersion> joined(List<PastVersion> before, List<PastVersion> after) {
    int surplus = Math.max(0, before.size() + after.size() - KEPT_VERSIONS);
    return Stream.concat(before.stream().skip(surplus), after.stream()).toList();
  }

  /** Returns the version of a key at a reading of the ticker; null if it is the current one. */
  @Nullable PastVersion at(ByteString key, long instant) {
    return versions.asMap().getOrDefault(key, List.of()).stream()
        .filter(version -> version.replacedAt() - instant > 0)
        .findFirst()
        .orElse(null);
  }

  void clear() {
    versions.invalidateAll();
  }
}
