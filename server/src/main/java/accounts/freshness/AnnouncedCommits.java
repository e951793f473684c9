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
 * Invalidates near caches after a commit: this instance's directly, those of the others by hints.
 * It does so only after the cache has been updated; a near cache would otherwise reload the old
 * answer from it.
 *
 * @param drop removes a key from this instance's near cache
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
      Map<EntityKey<?>, Revision> keys, CompletableFuture<Void> settled) {
    return settled.thenRun(() -> {
      keys.keySet().forEach(drop);
      hints.changed(keys);
    });
  }

  @Override
  public CompletableFuture<Void> outcomeUnknown(Set<EntityKey<?>> keys, CallScope scope) {
    return delegate.outcomeUnknown(keys, scope).thenRun(() -> keys.forEach(drop));
  }
}
