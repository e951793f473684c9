package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Gives {@link Hints} of what was changed through this instance. */
public record HintingReads(AccountReads reads, Hints hints) implements ForwardingReads {

  @Override
  public CompletableFuture<Void> written(
      Map<EntityKey<?>, Lookup<?>> written, Readings seen, CallScope scope) {
    return hinted(written.keySet(), reads.written(written, seen, scope));
  }

  @Override
  public CompletableFuture<Void> rewritten(Collection<EntityKey<?>> keys, CallScope scope) {
    return hinted(keys, reads.rewritten(keys, scope));
  }

  @Override
  public CompletableFuture<Void> doubted(Collection<EntityKey<?>> keys, CallScope scope) {
    return hinted(keys, reads.doubted(keys, scope));
  }

  /**
   * Not before the cache has been told: whoever drops an answer earlier would find the old one
   * there again. The caller gets the cache's own future and does not wait for the hint.
   */
  private CompletableFuture<Void> hinted(
      Collection<EntityKey<?>> keys, CompletableFuture<Void> told) {
    var unused = told.whenComplete((nothing, failure) -> hints.changed(keys));
    return told;
  }
}
