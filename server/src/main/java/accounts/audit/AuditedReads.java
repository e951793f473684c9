package accounts.audit;

import accounts.async.CallScope;
import accounts.cache.AccountReads;
import accounts.cache.Consistency;
import accounts.cache.ReadOptions;
import accounts.cache.Reading;
import accounts.cache.Readings;
import accounts.cache.Source;
import accounts.domain.EntityKey;
import accounts.domain.Lookup;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Offers an auditor what FRESH reads are answered with out of the cache. */
public final class AuditedReads implements AccountReads {

  private final AccountReads reads;
  private final Auditor auditor;

  public AuditedReads(AccountReads reads, Auditor auditor) {
    this.reads = reads;
    this.auditor = auditor;
  }

  @Override
  public CompletableFuture<Readings> getAll(
      Collection<EntityKey<?>> keys, ReadOptions options, CallScope scope) {
    CompletableFuture<Readings> answer = reads.getAll(keys, options, scope);
    if (options.consistency() == Consistency.FRESH) {
      var unused = answer.thenAccept(readings -> keys.forEach(key -> offer(key, readings)));
    }
    return answer;
  }

  private void offer(EntityKey<?> key, Readings readings) {
    Reading<?> reading = readings.get(key);
    if (reading.source() == Source.CACHE) {
      auditor.offer(key, reading.lookup().revision());
    }
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
