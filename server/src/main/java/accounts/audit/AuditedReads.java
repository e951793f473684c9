package accounts.audit;

import accounts.async.CallScope;
import accounts.cache.AccountReads;
import accounts.cache.Consistency;
import accounts.cache.ForwardingReads;
import accounts.cache.ReadOptions;
import accounts.cache.Reading;
import accounts.cache.Readings;
import accounts.cache.Source;
import accounts.domain.EntityKey;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** Offers an auditor what FRESH reads are answered with out of the cache. */
public record AuditedReads(AccountReads reads, Auditor auditor) implements ForwardingReads {

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
}
