package accounts.cache.weakened;

import accounts.async.CallScope;
import accounts.cache.AccountReads;
import accounts.cache.ForwardingReads;
import accounts.cache.ReadOptions;
import accounts.cache.Readings;
import accounts.domain.EntityKey;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Dates answers by the end of the read that produced them. */
public record AgeFromTheEnd(AccountReads reads, LongSupplier nanoTime) implements ForwardingReads {

  @Override
  public CompletableFuture<Readings> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    return reads
        .getAll(keys, options, scope)
        .thenApply(readings -> readings.datedBy(nanoTime.getAsLong()));
  }
}
