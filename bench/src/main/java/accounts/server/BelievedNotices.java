package accounts.server;

import accounts.async.CallScope;
import accounts.store.Notice;
import accounts.store.NoticeStore;
import java.util.concurrent.CompletableFuture;

/** A mutant's notice store that reports every notice as done. */
record BelievedNotices(NoticeStore delegate) implements NoticeStore {

  @Override
  public CompletableFuture<Void> leave(Notice notice, CallScope scope) {
    return delegate.leave(notice, scope);
  }

  @Override
  public CompletableFuture<Void> markDone(String id, CallScope scope) {
    return delegate.markDone(id, scope);
  }

  @Override
  public CompletableFuture<Boolean> isDone(String id, CallScope scope) {
    return CompletableFuture.completedFuture(true);
  }
}
