package accounts.cache;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads that pass on to others what they do not do in their own way. */
public interface ForwardingReads extends AccountReads {

  /** Returns the reads that calls are passed on to. */
  AccountReads reads();

  @Override
  default CompletableFuture<Readings> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    return reads().getAll(keys, options, scope);
  }

  @Override
  default CompletableFuture<Void> written(
      Map<EntityKey<?>, Lookup<?>> written, Readings seen, CallScope scope) {
    return reads().written(written, seen, scope);
  }

  @Override
  default CompletableFuture<Void> rewritten(Collection<EntityKey<?>> keys, CallScope scope) {
    return reads().rewritten(keys, scope);
  }

  @Override
  default CompletableFuture<Void> doubted(Collection<EntityKey<?>> keys, CallScope scope) {
    return reads().doubted(keys, scope);
  }
}
