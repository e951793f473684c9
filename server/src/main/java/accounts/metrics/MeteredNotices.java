package accounts.metrics;

import accounts.async.CallScope;
import accounts.store.Notice;
import accounts.store.NoticeStore;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.CompletableFuture;

/** Counts the notices that writers of this instance leave because they cannot reach the cache. */
final class MeteredNotices implements NoticeStore {

  private enum Result {
    LEFT,
    FAILED
  }

  private final NoticeStore delegate;
  private final Counts<Result> notices;

  MeteredNotices(NoticeStore delegate, PrometheusRegistry registry) {
    this.delegate = delegate;
    this.notices =
        new Counts<>(
            Events.counter(
                registry,
                "accounts_notices",
                "Notices left for other instances by writers that could not reach the cache.",
                "result"),
            Result.class);
  }

  @Override
  public CompletableFuture<Void> leave(Notice notice, CallScope scope) {
    return delegate
        .leave(notice, scope)
        .whenComplete(
            (left, failure) -> notices.add(failure == null ? Result.LEFT : Result.FAILED));
  }

  @Override
  public CompletableFuture<Void> markDone(String id, CallScope scope) {
    return delegate.markDone(id, scope);
  }

  @Override
  public CompletableFuture<Boolean> isDone(String id, CallScope scope) {
    return delegate.isDone(id, scope);
  }
}
