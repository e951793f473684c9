package accounts.metrics;

import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellKey;
import accounts.cache.InMemoryCellCache;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.store.InMemoryNoticeStore;
import accounts.store.Notice;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What is timed, and under which labels. */
final class CallDurationsTest {

  private static final CellKey KEY = CellKey.of("incarnation", userKey("alice"));

  private final Metrics metrics = new Metrics();
  private final CallScope scope = CallScope.of(Duration.ofMinutes(1));

  private long timed(String call, String result) {
    return metrics.registry().scrape("accounts_momento_call_duration_seconds"::equals).stream()
        .map(HistogramSnapshot.class::cast)
        .flatMap(histogram -> histogram.getDataPoints().stream())
        .filter(point -> point.getLabels().equals(Labels.of("call", call, "result", result)))
        .mapToLong(point -> point.getCount())
        .sum();
  }

  @Test
  void cache_answers_areTimedByCall() {
    var cache = metrics.timed(new InMemoryCellCache());
    var unused =
        List.of(
            cache.get(KEY, scope),
            cache.getAll(List.of(KEY), scope),
            cache.putIfAbsent(KEY, new Cell.Loading(), scope));

    assertThat(List.of("get", "get_all", "put_if_absent", "replace"))
        .extracting(call -> timed(call, "answered"))
        .containsExactly(1L, 1L, 1L, 0L);
  }

  @Test
  void cache_unavailable_isAResultOfItsOwn() {
    InMemoryCellCache memory = new InMemoryCellCache();
    memory.unavailable(call -> true);

    assertThat(metrics.timed(memory).get(KEY, scope)).isCompleted();
    assertThat(timed("get", "unavailable")).isEqualTo(1);
  }

  @Test
  void store_failures_haveTheirResult() {
    Duration later = Duration.ofSeconds(1);

    assertThat(StoreResult.of(null)).isEqualTo(StoreResult.OK);
    assertThat(StoreResult.of(new AccountException(new AccountError.Overloaded(later))))
        .isEqualTo(StoreResult.SHED);
    assertThat(
            StoreResult.of(
                new CompletionException(
                    new AccountException(new AccountError.StoreThrottled(later)))))
        .isEqualTo(StoreResult.THROTTLED);
    assertThat(StoreResult.of(new AccountException(new AccountError.StoreUnavailable(later))))
        .isEqualTo(StoreResult.UNAVAILABLE);
    assertThat(StoreResult.of(new IllegalStateException())).isEqualTo(StoreResult.FAILED);
  }

  @Test
  void notice_left_isCounted() {
    var notices = metrics.metered(new InMemoryNoticeStore());

    assertThat(notices.leave(new Notice("one", Map.of()), scope)).isCompleted();
    assertThat(
            metrics.registry().scrape("accounts_notices"::equals).stream()
                .map(CounterSnapshot.class::cast)
                .flatMap(counter -> counter.getDataPoints().stream()))
        .extracting(point -> point.getLabels().get("result") + " " + point.getValue())
        .containsExactlyInAnyOrder("left 1.0", "failed 0.0");
  }
}
