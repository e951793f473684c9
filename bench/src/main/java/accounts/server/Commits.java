package accounts.server;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.service.CommitListener;
import accounts.service.WriteEffects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** A commit listener that replaces the step after committed and replayed writes by another one. */
record Commits(
    CommitListener delegate, BiFunction<WriteEffects, CallScope, CompletableFuture<Void>> decided)
    implements CommitListener {

  @Override
  public CompletableFuture<Void> committed(WriteEffects effects, CallScope scope) {
    return decided.apply(effects, scope);
  }

  @Override
  public CompletableFuture<Void> replayed(WriteEffects effects, CallScope scope) {
    return decided.apply(effects, scope);
  }

  @Override
  public CompletableFuture<Void> outcomeUnknown(Set<EntityKey<?>> keys, CallScope scope) {
    return delegate.outcomeUnknown(keys, scope);
  }
}
