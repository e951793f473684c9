package accounts.read;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.ManualTimer;
import accounts.async.RecordingTrace;
import accounts.cache.Cell;
import accounts.cache.CellKey;
import accounts.cache.InMemoryCellCache;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Username;
import accounts.service.ReadOptions;
import accounts.service.ReadResults;
import accounts.store.InMemoryAccountStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the trace of a read shows of the loads that it shares and waits for. */
final class ReadTraceTest {

  private static final UserKey ALICE = new UserKey(new Username("alice"));

  private final InMemoryCellCache cache = new InMemoryCellCache();
  private final AtomicLong nanos = new AtomicLong();
  private final ManualTimer timer = new ManualTimer();
  private final ReadSide side =
      new ReadSide(cache, new InMemoryAccountStore(), nanos::incrementAndGet, timer);

  private CompletableFuture<ReadResults> read(RecordingTrace trace) {
    return side.reads.getAll(
        List.of(ALICE), ReadOptions.DEFAULT, CallScope.of(Duration.ofMinutes(1), trace));
  }

  private void anotherInstanceLoads() {
    cache.put(CellKey.of(ReadSide.INCARNATION, ALICE), new Cell.Loading());
  }

  @Test
  void read_anotherInstanceLoads_showsEachWait() {
    anotherInstanceLoads();
    RecordingTrace trace = new RecordingTrace("read");
    CompletableFuture<ReadResults> read = read(trace);
    timer.advance(Duration.ofSeconds(1));

    assertThat(read).isCompleted();
    assertThat(trace.lines())
        .startsWith("load {accounts.load=led} ended", "  load.wait {} ended")
        .hasSize(8);
  }

  @Test
  void reads_ofOneKeyAtOnce_showWhoLedAndWhoJoined() {
    anotherInstanceLoads();
    RecordingTrace first = new RecordingTrace("first");
    RecordingTrace second = new RecordingTrace("second");
    RecordingTrace third = new RecordingTrace("third");
    var unused = List.of(read(first), read(second), read(third));

    timer.advance(Duration.ofSeconds(2));

    assertThat(first.lines()).first().isEqualTo("load {accounts.load=led} ended");
    assertThat(second.lines()).first().isEqualTo("load {accounts.load=led} ended");
    assertThat(third.lines())
        .containsExactly("load {accounts.load=joined, waits for=second} ended");
  }
}
