package accounts.server;

import accounts.async.CallScope;
import accounts.store.Notice;
import accounts.store.NoticeStore;
import java.util.concurrent.CompletableFuture;

/** Says of every notice that it is done. */
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
