package accounts.freshness;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Revision;
import accounts.service.CommitListener;
import accounts.service.WriteEffects;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Tells this instance's memory and, by hints, the other instances' what was committed: not before
 * the cache has been told, or whoever drops an answer would find the old one there again.
 *
 * @param drop forgets what this instance's memory holds for a key
 */
public record AnnouncedCommits(
    CommitListener delegate, InvalidationHints hints, Consumer<EntityKey<?>> drop)
    implements CommitListener {

  @Override
  public CompletableFuture<Void> committed(WriteEffects effects, CallScope scope) {
    Map<EntityKey<?>, Revision> changed = new HashMap<>();
    effects.changed().forEach((key, answer) -> changed.put(key, answer.revision()));
    return announced(changed, delegate.committed(effects, scope));
  }

  @Override
  public CompletableFuture<Void> replayed(WriteEffects effects, CallScope scope) {
    return announced(effects.reliedOn(), delegate.replayed(effects, scope));
  }

  private CompletableFuture<Void> announced(
      Map<EntityKey<?>, Revision> keys, CompletableFuture<Void> told) {
    return told.thenRun(() -> {
      keys.keySet().forEach(drop);
      hints.changed(keys);
    });
  }

  @Override
  public CompletableFuture<Void> outcomeUnknown(Set<EntityKey<?>> keys, CallScope scope) {
    return delegate.outcomeUnknown(keys, scope).thenRun(() -> keys.forEach(drop));
  }
}
