package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import accounts.store.AccountStore;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.Lookups;
import accounts.store.MembershipPage;
import accounts.store.MembershipQuery;
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

  /**
   * @param client stays the caller's to close; see {@link DynamoDbClients}
   * @param timeout longest time for one operation, retries included
   * @param clock dates the expiry of request records
   */
  public DynamoDbAccountStore(
      DynamoDbAsyncClient client, String table, Duration timeout, InstantSource clock) {
    this.calls = new StoreCalls(timeout);
    this.reader = new Reader(client, table);
    this.committer = new Committer(client, table, clock);
    this.lister = new Lister(client, table);
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
}
