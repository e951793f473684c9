package accounts.cache.weakened;

import accounts.async.CallScope;
import accounts.cache.AccountReads;
import accounts.cache.ReadOptions;
import accounts.cache.Readings;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Dates answers by the end of the read that produced them. */
public final class AgeFromTheEnd implements AccountReads {

  private final AccountReads reads;
  private final LongSupplier nanoTime;

  public AgeFromTheEnd(AccountReads reads, LongSupplier nanoTime) {
    this.reads = reads;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletableFuture<Readings> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    return reads
        .getAll(keys, options, scope)
        .thenApply(readings -> readings.datedBy(nanoTime.getAsLong()));
  }

  @Override
  public CompletableFuture<Void> written(
      Map<EntityKey<?>, Lookup<?>> written, Readings seen, CallScope scope) {
    return reads.written(written, seen, scope);
  }

  @Override
  public CompletableFuture<Void> rewritten(Collection<EntityKey<?>> keys, CallScope scope) {
    return reads.rewritten(keys, scope);
  }

  @Override
  public CompletableFuture<Void> doubted(Collection<EntityKey<?>> keys, CallScope scope) {
    return reads.doubted(keys, scope);
  }
}
