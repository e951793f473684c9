package accounts.metrics;

import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellAnswer;
import accounts.cache.CellCache;
import accounts.cache.CellKey;
import accounts.cache.InMemoryCellCache;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class MeteredCacheTest {

  private static final CellKey KEY = CellKey.of("incarnation", userKey("alice"));
  private static final CellKey BOB = CellKey.of("incarnation", userKey("bob"));
  private static final Cell VALUE = new Cell.Value(7, new Lookup.Found<>(user("alice")));

  private final Metrics metrics = new Metrics();
  private final InMemoryCellCache memory = new InMemoryCellCache();
  private final CellCache reader = metrics.metered(memory, "reader");
  private final CellCache writer = metrics.metered(memory, "writer");

  static List<Arguments> cells() {
    return List.of(
        Arguments.of(VALUE, "entity"),
        Arguments.of(new Cell.Value(7, new Lookup.Absent<User>(Revision.NONE)), "absence"),
        Arguments.of(new Cell.OtherFormat(7, Revision.FIRST), "other_format"),
        Arguments.of(new Cell.Loading(), "loading"),
        Arguments.of(new Cell.Invalid(), "invalid"),
        Arguments.of(new Cell.Unreadable(), "unreadable"));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void get_anyCell_isCountedByWhatItHolds(Cell cell, String held) {
    memory.put(KEY, cell);
    reader.get(KEY, scope()).join();

    assertThat(found("reader", held)).isEqualTo(1);
    assertThat(found("writer", held)).isZero();
  }

  @Test
  void getAll_someThere_countsEachKey() {
    memory.put(KEY, VALUE);
    writer.getAll(List.of(KEY, BOB), scope()).join();

    assertThat(found("writer", "entity")).isEqualTo(1);
    assertThat(found("writer", "nothing")).isEqualTo(1);
  }

  @Test
  void get_unanswered_isCounted() {
    memory.unavailable(call -> true);
    reader.get(KEY, scope()).join();

    assertThat(found("reader", "unavailable")).isEqualTo(1);
  }

  @Test
  void swaps_anyCell_areCountedByWhatWasPutAndHowTheyEnded() {
    reader.putIfAbsent(KEY, new Cell.Loading(), scope()).join();
    reader.putIfAbsent(KEY, new Cell.Loading(), scope()).join();
    CellAnswer.Seen seen = (CellAnswer.Seen) memory.peek(KEY);
    writer.replace(KEY, seen.version(), VALUE, scope()).join();
    memory.unavailable(call -> true);
    writer.replace(KEY, seen.version(), new Cell.Invalid(), scope()).join();

    assertThat(swaps("reader", "claim", "swapped")).isEqualTo(1);
    assertThat(swaps("reader", "claim", "mismatch")).isEqualTo(1);
    assertThat(swaps("writer", "value", "swapped")).isEqualTo(1);
    assertThat(swaps("writer", "invalidation", "unavailable")).isEqualTo(1);
  }

  private double found(String user, String held) {
    return count("accounts_cache_cells", Labels.of("user", user, "held", held));
  }

  private double swaps(String user, String put, String result) {
    return count("accounts_cache_swaps", Labels.of("user", user, "put", put, "result", result));
  }

  private double count(String name, Labels labels) {
    return metrics.registry().scrape().stream()
        .filter(metric -> metric.getMetadata().getName().equals(name))
        .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
        .filter(point -> point.getLabels().equals(labels))
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }

  private static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
