package accounts.server;

import accounts.async.CallScope;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.service.EntityReader;
import accounts.service.ReadOptions;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A mutant's reader that dates answers by their arrival instead of by the start of the read. */
record AgeFromAnswer(EntityReader delegate) implements EntityReader {

  @Override
  public CompletableFuture<ReadResults> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    return delegate.getAll(keys, options, scope).thenApply(AgeFromAnswer::dated);
  }

  private static ReadResults dated(ReadResults results) {
    long now = System.nanoTime();
    Map<EntityKey<?>, ReadResult<?>> dated = new HashMap<>();
    results.forEach((key, result) -> dated.put(key, dated(result, now)));
    return new ReadResults(dated);
  }

  private static <E extends Entity> ReadResult<E> dated(ReadResult<E> result, long now) {
    return new ReadResult<>(result.lookup(), result.source(), now, result.stamp());
  }
}
