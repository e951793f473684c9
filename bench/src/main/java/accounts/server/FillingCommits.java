package accounts.server;

import accounts.async.CallScope;
import accounts.cache.Cell;
import accounts.cache.CellCache;
import accounts.domain.EntityKey;
import accounts.freshness.EpochLease;
import accounts.freshness.EpochView;
import accounts.service.CommitListener;
import accounts.service.WriteEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A mutant's commit listener that also fills empty cells with the written answer, after the step.
 */
record FillingCommits(CommitListener delegate, CellCache cells, EpochLease lease)
    implements CommitListener {

  @Override
  public CompletableFuture<Void> committed(WriteEffects effects, CallScope scope) {
    return delegate
        .committed(effects, scope)
        .thenCompose(done ->
            lease
                .view()
                .map(view -> fill(effects, view, scope))
                .orElseGet(() -> CompletableFuture.completedFuture(null)));
  }

  private CompletableFuture<Void> fill(WriteEffects effects, EpochView view, CallScope scope) {
    List<CompletableFuture<?>> fills = new ArrayList<>();
    effects
        .changed()
        .forEach((key, answer) -> {
          Cell value = new Cell.Value(view.epochOf(key), answer);
          fills.add(cells.putIfAbsent(view.cellOf(key), value, scope));
        });
    return CompletableFuture.allOf(fills.toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public CompletableFuture<Void> replayed(WriteEffects effects, CallScope scope) {
    return delegate.replayed(effects, scope);
  }

  @Override
  public CompletableFuture<Void> outcomeUnknown(Set<EntityKey<?>> keys, CallScope scope) {
    return delegate.outcomeUnknown(keys, scope);
  }
}
