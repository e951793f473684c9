package accounts.store;

import accounts.async.CallScope;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The source of truth. Every read is strongly consistent: it sees all that was committed before it
 * began.
 *
 * <p>All methods may fail with {@link accounts.domain.AccountException} carrying {@code
 * StoreThrottled} or {@code StoreUnavailable}; after such a failure the outcome of {@link #commit}
 * is unknown.
 */
public interface AccountStore {

  /**
   * Reads entities, each at some moment of its own since the call.
   *
   * @param keys at most 300
   * @return an answer for every key
   */
  CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope);

  /**
   * Reads entities, and the record of a request, all as they were at one moment since the call.
   *
   * @param keys at most 99
   */
  CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope);

  /** Makes all changes of a commit, or none. */
  CompletableFuture<CommitResult> commit(Commit commit, CallScope scope);

  /** Lists a page of memberships, in the order of their keys. */
  CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope);

  /**
   * Reads a page of all users, organizations and memberships, each as it was at some moment since
   * the call. An entity that is there during all pages is on exactly one of them.
   *
   * @param after where the page before ended; empty for the first page
   * @param limit how many items the store examines, at most, few of which may be entities; 1-1,000
   */
  CompletableFuture<EntityPage> scan(Optional<ScanPosition> after, int limit, CallScope scope);

  /** Lists a page of a trail, without entries whose retention is over. */
  CompletableFuture<AuditPage> listChanges(AuditQuery query, CallScope scope);
}
