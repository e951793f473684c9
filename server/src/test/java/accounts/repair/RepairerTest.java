package accounts.repair;

import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import accounts.domain.Revision;
import accounts.domain.User;
import accounts.freshness.CellRequirement.Recorded;
import accounts.freshness.CellRequirement.Unknown;
import accounts.freshness.CellStep;
import accounts.freshness.EpochView;
import accounts.repair.StreamEvent.Changed;
import accounts.repair.StreamEvent.NoticeLeft;
import accounts.store.InMemoryNoticeStore;
import accounts.store.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the repair does with the events of a batch. */
final class RepairerTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final EntityKey<User> KEY = userKey("olivia");
  private static final User FIRST = user("olivia");
  private static final Lookup<User> OLD = new Lookup.Found<>(FIRST);
  private static final Lookup<User> NEW = new Lookup.Found<>(renamed(FIRST));

  private final FakeCells cells = new FakeCells();
  private final InMemoryNoticeStore notices = new InMemoryNoticeStore();
  private final RecordingRepairObserver observer = new RecordingRepairObserver();
  private Optional<EpochView> view = Optional.of(FakeCells.VIEW);
  private final Repairer repairer =
      new Repairer(new CellStep(cells), () -> view, notices, TIMEOUT, observer);

  private static Changed changed(EntityKey<?> key, Lookup<?> answer) {
    return new Changed(key, new Recorded(answer, true));
  }

  private static Cell value(Lookup<?> lookup) {
    return new Cell.Value(1, lookup);
  }

  private NoticeLeft left(String id, long revision) {
    Notice notice = new Notice(id, Map.of(KEY, new Revision(revision)));
    notices.leave(notice, CallScope.of(TIMEOUT)).join();
    return new NoticeLeft(notice);
  }

  private boolean isDone(String id) {
    return notices.isDone(id, CallScope.of(TIMEOUT)).join();
  }

  private Throwable failure(StreamEvent... events) {
    CompletableFuture<Void> handled = repairer.handle(List.of(events));
    assertThat(handled).isCompletedExceptionally();
    return handled.exceptionNow();
  }

  @Test
  void handle_olderAnswerCached_isInvalidated() {
    cells.put(KEY, value(OLD));
    repairer.handle(List.of(changed(KEY, NEW))).join();

    assertThat(cells.cell(KEY)).contains(new Cell.Invalid());
  }

  // The read after a change through the service is a hit.
  @Test
  void handle_sameAnswerCached_staysAsItIs() {
    cells.put(KEY, value(NEW));
    repairer.handle(List.of(changed(KEY, NEW))).join();

    assertThat(cells.cell(KEY)).contains(value(NEW));
    assertThat(cells.swaps()).isZero();
  }

  // Nothing is in the cache yet, but soon would be: the reader read before the change.
  @Test
  void handle_readerLoads_mayNotFill() {
    cells.put(KEY, new Cell.Loading());
    repairer.handle(List.of(changed(KEY, NEW))).join();

    assertThat(cells.cell(KEY)).contains(new Cell.Invalid());
  }

  @Test
  void handle_nothingCached_putsNothing() {
    repairer.handle(List.of(new Changed(KEY, new Unknown()))).join();

    assertThat(cells.cell(KEY)).isEmpty();
    assertThat(observer.settled).hasValue(1);
  }

  @Test
  void handle_notice_isDoneOnceItsCellsAre() {
    cells.put(KEY, value(OLD));
    repairer.handle(List.of(left("n1", 2), left("n2", 1))).join();

    assertThat(cells.cell(KEY)).contains(new Cell.Invalid());
    assertThat(isDone("n1")).isTrue();
    assertThat(isDone("n2")).isTrue();
    assertThat(observer.noticesDone).hasValue(2);
  }

  @Test
  void handle_noticeOfWhatIsCached_staysAsItIs() {
    cells.put(KEY, value(NEW));
    repairer.handle(List.of(left("n1", 2))).join();

    assertThat(cells.cell(KEY)).contains(value(NEW));
    assertThat(isDone("n1")).isTrue();
  }

  @Test
  void handle_noticesCellNotReached_isNotDone() {
    cells.stuck.add(KEY);

    assertThat(failure(left("n1", 2))).isInstanceOf(CacheUnreachableException.class);
    assertThat(isDone("n1")).isFalse();
  }

  @Test
  void handle_noView_fails() {
    cells.put(KEY, value(OLD));
    view = Optional.empty();

    assertThat(failure(changed(KEY, NEW))).isInstanceOf(CacheUnreachableException.class);
    assertThat(cells.cell(KEY)).contains(value(OLD));
  }

  @Test
  void handle_cacheAway_fails() {
    cells.away = true;

    assertThat(failure(changed(KEY, NEW))).isInstanceOf(CacheUnreachableException.class);
    assertThat(observer.settled).hasValue(0);
  }

  @Test
  void handle_manyKeysAndOneStuck_settlesItsChunkAndFails() {
    List<StreamEvent> events = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      events.add(changed(userKey("user-" + i), NEW));
      cells.put(userKey("user-" + i), value(OLD));
    }
    cells.stuck.add(KEY);
    events.addFirst(changed(KEY, NEW));

    assertThat(failure(events.toArray(StreamEvent[]::new)))
        .isInstanceOf(CacheUnreachableException.class);
    assertThat(observer.settled).hasValue(99);
    assertThat(cells.cell(userKey("user-98"))).contains(new Cell.Invalid());
  }

  @Test
  void handle_moreKeysThanAChunk_settlesAll() {
    List<StreamEvent> events = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      events.add(changed(userKey("user-" + i), NEW));
    }
    repairer.handle(events).join();

    assertThat(observer.settled).hasValue(250);
  }

  @Test
  void handle_storeFails_failsAsItDoes() {
    NoticeLeft left = left("n1", 1);
    RuntimeException failure = new IllegalArgumentException("no store");
    notices.failure = Optional.of(failure);

    assertThat(failure(left)).isSameAs(failure);
  }
}
