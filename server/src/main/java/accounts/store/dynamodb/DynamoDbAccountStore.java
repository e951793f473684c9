package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import accounts.store.AccountStore;
import accounts.store.AuditPage;
import accounts.store.AuditQuery;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.EntityPage;
import accounts.store.Lookups;
import accounts.store.MembershipPage;
import accounts.store.MembershipQuery;
import accounts.store.ScanPosition;
import accounts.store.Snapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** {@link AccountStore} in one DynamoDB table. */
public final class DynamoDbAccountStore implements AccountStore {

  private final StoreCalls calls;
  private final Reader reader;
  private final Committer committer;
  private final Lister lister;
  private final AuditLister auditLister;
  private final EntityScanner scanner;

  /**
   * @param client stays the caller's to close; see {@link DynamoDbClients}
   * @param timeout longest time for one operation, retries included
   * @param retention how long entries of the audit trail are kept
   * @param clock dates the expiry of request records, and says which entries have expired
   */
  public DynamoDbAccountStore(
      DynamoDbAsyncClient client,
      String table,
      Duration timeout,
      Duration retention,
      InstantSource clock) {
    this.calls = new StoreCalls(timeout);
    this.reader = new Reader(client, table);
    this.committer = new Committer(client, table, retention, clock);
    QueryPages pages = new QueryPages(client);
    this.lister = new Lister(pages, table);
    this.auditLister = new AuditLister(pages, table, clock);
    this.scanner = new EntityScanner(client, table);
  }

  @Override
  public CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope) {
    return calls.run(scope, time -> reader.read(keys, time));
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope) {
    return calls.run(scope, time -> reader.snapshot(keys, requestId, time));
  }

  @Override
  public CompletableFuture<CommitResult> commit(Commit commit, CallScope scope) {
    return calls.run(scope, time -> committer.commit(commit, time));
  }

  @Override
  public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
    return calls.run(scope, time -> lister.list(query, time));
  }

  @Override
  public CompletableFuture<EntityPage> scan(
      Optional<ScanPosition> after, int limit, CallScope scope) {
    return calls.run(scope, time -> scanner.scan(after, limit, time));
  }

  @Override
  public CompletableFuture<AuditPage> listChanges(AuditQuery query, CallScope scope) {
    return calls.run(scope, time -> auditLister.list(query, time));
  }
}
