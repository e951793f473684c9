package accounts.store;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Passes everything on to another store, remembers what it was asked, and lets tests step in
 * between.
 */
public final class RecordingAccountStore implements AccountStore {

  private final AccountStore delegate;

  /** The keys of each read. */
  public final List<Set<EntityKey<?>>> reads = Collections.synchronizedList(new ArrayList<>());

  /** How many keys each read was given, repeated ones included. */
  public final List<Integer> readSizes = Collections.synchronizedList(new ArrayList<>());

  /** The keys of each snapshot. */
  public final List<Set<EntityKey<?>>> snapshots = Collections.synchronizedList(new ArrayList<>());

  /** The lists that were asked for. */
  public final List<MembershipQuery> lists = Collections.synchronizedList(new ArrayList<>());

  public final List<Commit> commits = Collections.synchronizedList(new ArrayList<>());

  /** Runs when a read is done and not yet answered. */
  public volatile Runnable afterRead = () -> {};

  /** Runs before each commit. */
  public volatile Runnable beforeCommit = () -> {};

  /** Reads are answered when this is complete. */
  public volatile CompletableFuture<Void> readsGate = CompletableFuture.completedFuture(null);

  /** Snapshots are answered when this is complete, or their time is over. */
  public volatile CompletableFuture<Void> snapshotsGate = CompletableFuture.completedFuture(null);

  /** Commits are answered when this is complete. */
  public volatile CompletableFuture<Void> commitsGate = CompletableFuture.completedFuture(null);

  public RecordingAccountStore(AccountStore delegate) {
    this.delegate = delegate;
  }

  @Override
  public CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope) {
    reads.add(Set.copyOf(keys));
    readSizes.add(keys.size());
    CompletableFuture<Void> gate = readsGate;
    return delegate
        .read(keys, scope)
        .thenApply(lookups -> {
          afterRead.run();
          return lookups;
        })
        .thenCombine(gate, (lookups, opened) -> lookups);
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope) {
    snapshots.add(Set.copyOf(keys));
    CompletableFuture<Void> gate = snapshotsGate;
    return scope.run(
        scope.remaining(),
        time ->
            delegate
                .snapshot(keys, requestId, scope)
                .thenCombine(gate, (snapshot, opened) -> snapshot));
  }

  @Override
  public CompletableFuture<CommitResult> commit(Commit commit, CallScope scope) {
    commits.add(commit);
    beforeCommit.run();
    return delegate.commit(commit, scope).thenCombine(commitsGate, (result, opened) -> result);
  }

  @Override
  public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
    lists.add(query);
    return delegate.list(query, scope);
  }

  @Override
  public CompletableFuture<EntityPage> scan(
      Optional<ScanPosition> after, int limit, CallScope scope) {
    return delegate.scan(after, limit, scope);
  }

  @Override
  public CompletableFuture<AuditPage> listChanges(AuditQuery query, CallScope scope) {
    return delegate.listChanges(query, scope);
  }
}
