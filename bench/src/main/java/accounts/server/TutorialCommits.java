package accounts.server;

import accounts.async.CallScope;
import accounts.cache.Cell;
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
 * The tutorial's commit listener, which sets the written answer and acknowledges even if that
 * fails.
 */
record TutorialCommits(PlainSet sets, EpochLease lease) implements CommitListener {

  @Override
  public CompletableFuture<Void> committed(WriteEffects effects, CallScope scope) {
    return lease
        .view()
        .map(view -> set(effects, view, scope))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  private CompletableFuture<Void> set(WriteEffects effects, EpochView view, CallScope scope) {
    List<CompletableFuture<?>> made = new ArrayList<>();
    effects
        .changed()
        .forEach((key, answer) -> {
          Cell value = new Cell.Value(view.epochOf(key), answer);
          made.add(sets.put(view.cellOf(key), value, scope));
        });
    return CompletableFuture.allOf(made.toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public CompletableFuture<Void> replayed(WriteEffects effects, CallScope scope) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> outcomeUnknown(Set<EntityKey<?>> keys, CallScope scope) {
    return CompletableFuture.completedFuture(null);
  }
}
