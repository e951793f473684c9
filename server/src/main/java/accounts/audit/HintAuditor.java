package accounts.audit;

import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.read.ReadObserver;
import accounts.service.Consistency;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.Source;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares cached answers with the hints of other instances. A hint names a revision that no later
 * read may be older than. A FRESH answer from the cache that is older, although its read began
 * after the hint arrived, is a violation, even if the repair fixes the cell a moment later.
 */
public final class HintAuditor implements ReadObserver {

  private static final Logger log = LoggerFactory.getLogger(HintAuditor.class);

  private static final long MOST_KEYS = 10_000;
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final AuditMetrics metrics;
  private final Cache<EntityKey<?>, Heard> heard =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterWrite(KEPT).build();

  private record Heard(Revision revision, long at) {}

  /**
   * @param nanoTime the clock that answers are dated by
   */
  public HintAuditor(LongSupplier nanoTime, AuditMetrics metrics) {
    this.nanoTime = nanoTime;
    this.metrics = metrics;
  }

  /** Records a hint. */
  public void heard(EntityKey<?> key, Revision revision) {
    Heard now = new Heard(revision, nanoTime.getAsLong());
    heard.asMap().merge(key, now, (old, next) -> old.revision().isBefore(revision) ? next : old);
  }

  @Override
  public void answered(ReadOptions options, EntityKey<?> key, ReadResult<?> result) {
    if (options.consistency() == Consistency.FRESH) {
      check(key, result);
    }
  }

  private void check(EntityKey<?> key, ReadResult<?> result) {
    Heard hint = heard.getIfPresent(key);
    if (hint != null
        && result.source() == Source.CACHE
        && result.lookup().revision().isBefore(hint.revision())
        && result.asOf() - hint.at() > 0) {
      metrics.behindHint();
      log.warn(
          "stale: the cache answered revision {}, a hint of revision {} was received before",
          result.lookup().revision(),
          hint.revision());
    }
  }
}
