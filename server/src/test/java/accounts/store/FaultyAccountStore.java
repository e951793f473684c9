package accounts.store;

import accounts.async.CallScope;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import accounts.domain.EntityKey;
import accounts.domain.RequestId;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets some of another store's commits fail: before they begin, after they are done, or before they
 * are done later; and some be contended. Everything else is passed on.
 */
public final class FaultyAccountStore implements AccountStore {

  private static final Duration RETRY_AFTER = Duration.ofMillis(1);

  private final AccountStore delegate;
  private final Random random;
  private final Queue<CompletableFuture<?>> late = new ConcurrentLinkedQueue<>();
  private final AtomicInteger faults = new AtomicInteger();

  /**
   * @param random says which commits fail; one in five does
   */
  public FaultyAccountStore(AccountStore delegate, Random random) {
    this.delegate = delegate;
    this.random = random;
  }

  @Override
  public CompletableFuture<CommitResult> commit(Commit commit, CallScope scope) {
    int kind = random.nextInt(25);
    if (kind < 5) {
      faults.incrementAndGet();
    }
    return switch (kind) {
      case 0 -> CompletableFuture.failedFuture(unavailable());
      case 1 ->
          CompletableFuture.failedFuture(new AccountException(new StoreThrottled(RETRY_AFTER)));
      case 2 -> delegate.commit(commit, scope).thenCompose(lost -> failed());
      case 3 -> {
        late.add(
            CompletableFuture.runAsync(() -> {}, later(random.nextInt(30)))
                .thenCompose(now -> delegate.commit(commit, scope)));
        yield failed();
      }
      case 4 -> CompletableFuture.completedFuture(new CommitResult.Conflict(java.util.List.of()));
      default -> delegate.commit(commit, scope);
    };
  }

  private static Executor later(int milliseconds) {
    return CompletableFuture.delayedExecutor(milliseconds, TimeUnit.MILLISECONDS);
  }

  private static <T> CompletableFuture<T> failed() {
    return CompletableFuture.failedFuture(unavailable());
  }

  private static AccountException unavailable() {
    return new AccountException(new StoreUnavailable(RETRY_AFTER));
  }

  /** Waits until every commit that goes on after its failure is done; returns how many did. */
  public int awaitLate() {
    late.forEach(CompletableFuture::join);
    return late.size();
  }

  /** Returns how many commits were tampered with. */
  public int faults() {
    return faults.get();
  }

  @Override
  public CompletableFuture<Lookups> read(Collection<EntityKey<?>> keys, CallScope scope) {
    return delegate.read(keys, scope);
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(
      Collection<EntityKey<?>> keys, Optional<RequestId> requestId, CallScope scope) {
    return delegate.snapshot(keys, requestId, scope);
  }

  @Override
  public CompletableFuture<MembershipPage> list(MembershipQuery query, CallScope scope) {
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
