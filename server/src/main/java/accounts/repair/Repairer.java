package accounts.repair;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.domain.EntityKey;
import accounts.freshness.CellRequirement;
import accounts.freshness.CellStep;
import accounts.freshness.CellStep.Result;
import accounts.freshness.EpochView;
import accounts.repair.StreamEvent.Changed;
import accounts.repair.StreamEvent.NoticeLeft;
import accounts.store.Notice;
import accounts.store.NoticeStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Brings the cells of changed entities up to date, and does what notices ask for. Cells that are
 * right stay as they are. If the cache does not answer, the whole batch fails and is delivered
 * again, here or to an instance that reaches the cache: the repair never raises epochs. See {@code
 * docs/adr/0010}.
 */
public final class Repairer implements ChangeListener {

  /** The most concurrent calls, so that a bulk load does not overload the cache. */
  private static final int CHUNK = 100;

  /** Longest time for marking a notice as done; no writer waits longer. */
  private static final Duration MARKING = Duration.ofMillis(2500);

  private final CellStep step;
  private final Supplier<Optional<EpochView>> view;
  private final NoticeStore notices;
  private final Duration timeout;
  private final RepairObserver observer;

  /**
   * @param view the epochs that this instance may use, if it has a valid lease
   * @param timeout for one attempt to settle a chunk of cells: after two in a row without an answer
   *     this instance gives its shards up, while callers wait
   */
  public Repairer(
      CellStep step,
      Supplier<Optional<EpochView>> view,
      NoticeStore notices,
      Duration timeout,
      RepairObserver observer) {
    this.step = step;
    this.view = view;
    this.notices = notices;
    this.timeout = timeout;
    this.observer = observer;
  }

  /** A key, and what its cell must hold. */
  private record Task(EntityKey<?> key, CellRequirement requirement) {}

  /** Handles notices first, since a caller waits for each of them. */
  @Override
  public CompletableFuture<Void> handle(List<StreamEvent> events) {
    List<Notice> left = new ArrayList<>();
    List<Task> changed = new ArrayList<>();
    for (StreamEvent event : events) {
      switch (event) {
        case Changed change -> changed.add(new Task(change.key(), change.requirement()));
        case NoticeLeft notice -> left.add(notice.notice());
      }
    }
    return inChunks(asked(left), this::settled)
        .thenCompose(done -> inChunks(left, this::marked))
        .thenCompose(done -> inChunks(changed, this::settled));
  }

  /** Processes items chunk by chunk. */
  private static <T> CompletableFuture<Void> inChunks(
      List<T> all, Function<List<T>, CompletableFuture<Void>> action) {
    if (all.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    int end = Math.min(CHUNK, all.size());
    return action
        .apply(all.subList(0, end))
        .thenCompose(done -> inChunks(all.subList(end, all.size()), action));
  }

  /** Several writers may wait for the same key: the latest revision satisfies all. */
  private static List<Task> asked(List<Notice> left) {
    Map<EntityKey<?>, CellRequirement.AtLeast> latest = new HashMap<>();
    for (Notice notice : left) {
      notice
          .keys()
          .forEach((key, revision) ->
              latest.merge(
                  key,
                  new CellRequirement.AtLeast(revision),
                  (one, other) -> one.revision().isBefore(other.revision()) ? other : one));
    }
    return latest.entrySet().stream()
        .map(entry -> new Task(entry.getKey(), entry.getValue()))
        .toList();
  }

  private CompletableFuture<Void> marked(List<Notice> done) {
    return CompletableFuture.allOf(
        done.stream()
            .map(notice ->
                notices.markDone(notice.id(), CallScope.of(MARKING)).thenRun(observer::noticeDone))
            .toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Settles cells, and repeats those that the cache did not answer for, as long as it answers for
   * some: a cache that is slow for some keys is not unreachable.
   */
  private CompletableFuture<Void> settled(List<Task> tasks) {
    Optional<EpochView> known = view.get();
    if (known.isEmpty()) {
      return CompletableFuture.failedFuture(
          new CacheUnreachableException("no valid view of the epochs"));
    }
    return unreached(tasks, known.get())
        .thenCompose(left -> {
          observer.settled(tasks.size() - left.size());
          if (left.isEmpty()) {
            return CompletableFuture.completedFuture(null);
          }
          return left.size() < tasks.size()
              ? settled(left)
              : CompletableFuture.failedFuture(
                  new CacheUnreachableException(left.size() + " cells not settled"));
        });
  }

  /** Returns the tasks that the cache did not answer for. */
  private CompletableFuture<List<Task>> unreached(List<Task> tasks, EpochView known) {
    CallScope scope = CallScope.of(timeout);
    List<CompletableFuture<Result>> results =
        tasks.stream()
            .map(task ->
                step.settle(known.cellOf(task.key()), task.requirement(), Optional.empty(), scope))
            .toList();
    return Futures.allOf(results)
        .thenApply(all -> {
          List<Task> left = new ArrayList<>();
          for (int i = 0; i < tasks.size(); i++) {
            switch (results.get(i).resultNow()) {
              case SETTLED -> {}
              case UNREACHED -> left.add(tasks.get(i));
            }
          }
          return left;
        });
  }
}
