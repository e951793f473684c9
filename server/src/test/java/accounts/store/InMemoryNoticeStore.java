package accounts.store;

import accounts.async.CallScope;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** {@link NoticeStore} for tests. */
public final class InMemoryNoticeStore implements NoticeStore {

  /** How every call fails, if it does. */
  public volatile Optional<RuntimeException> failure = Optional.empty();

  /** How often somebody asked whether a notice is done. */
  public final AtomicInteger questions = new AtomicInteger();

  private final Map<String, Notice> open = new ConcurrentHashMap<>();
  private final Map<String, Notice> done = new ConcurrentHashMap<>();

  /** Returns the notices that are not done. */
  public Collection<Notice> open() {
    return open.values();
  }

  private <T> CompletableFuture<T> answer(T value) {
    return failure
        .<CompletableFuture<T>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> CompletableFuture.completedFuture(value));
  }

  @Override
  public CompletableFuture<Void> leave(Notice notice, CallScope scope) {
    if (failure.isEmpty()) {
      open.put(notice.id(), notice);
    }
    return answer(true).thenAccept(done -> {});
  }

  @Override
  public CompletableFuture<Void> markDone(String id, CallScope scope) {
    if (failure.isEmpty()) {
      Notice notice = open.remove(id);
      if (notice != null) {
        done.put(id, notice);
      }
    }
    return answer(true).thenAccept(done -> {});
  }

  @Override
  public CompletableFuture<Boolean> isDone(String id, CallScope scope) {
    questions.incrementAndGet();
    return answer(done.containsKey(id));
  }
}
