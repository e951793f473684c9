package accounts.store.dynamodb;

import accounts.async.CallScope;
import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountException;
import accounts.store.FeedChange;
import accounts.store.FeedWriter.Fence;
import accounts.store.dynamodb.FeedTransaction.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Appends to one partition of the feed, one block after the other. Other instances may append to
 * it, too: whoever finds that the head has moved tries again after it.
 *
 * <p>Safe for use by several threads.
 */
final class FeedLane {

  /** Less than 40 KB: an item of DynamoDB holds 400. */
  private static final int CHANGES_PER_BLOCK = 100;

  private static final int MAX_TRIES = 20;
  private static final long LONGEST_PAUSE_MILLIS = 50;
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);
  private static final long UNKNOWN = -1;

  private final int partition;
  private final FeedTransaction transaction;
  private CompletableFuture<Void> latest =
      CompletableFuture.completedFuture(null); // guarded by this
  private volatile long last = UNKNOWN;

  FeedLane(int partition, FeedTransaction transaction) {
    this.partition = partition;
    this.transaction = transaction;
  }

  /** Appends changes after those that were given before. */
  synchronized CompletableFuture<Void> append(
      List<FeedChange> changes, Fence fence, CallScope scope) {
    latest = latest.handle((done, failure) -> null).thenCompose(n -> blocks(changes, fence, scope));
    return latest;
  }

  private CompletableFuture<Void> blocks(List<FeedChange> changes, Fence fence, CallScope scope) {
    if (changes.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    int end = Math.min(CHANGES_PER_BLOCK, changes.size());
    return block(changes.subList(0, end), fence, 1, scope)
        .thenCompose(done -> blocks(changes.subList(end, changes.size()), fence, scope));
  }

  private CompletableFuture<Void> block(
      List<FeedChange> changes, Fence fence, int tries, CallScope scope) {
    return known(scope)
        .thenCompose(after -> transaction.put(partition, after, changes, fence, scope))
        .whenComplete((result, failure) -> last = failure == null ? lastBy(result) : UNKNOWN)
        .thenCompose(result ->
            switch (result) {
              case Result.Appended appended -> CompletableFuture.completedFuture(null);
              case Result.Moved moved -> again(changes, fence, tries, scope);
              case Result.Contended contended -> again(changes, fence, tries, scope);
            });
  }

  private static long lastBy(Result result) {
    return switch (result) {
      case Result.Appended(long position) -> position;
      case Result.Moved(long position) -> position;
      case Result.Contended contended -> UNKNOWN;
    };
  }

  private CompletableFuture<Long> known(CallScope scope) {
    long known = last;
    return known == UNKNOWN
        ? transaction.last(partition, scope)
        : CompletableFuture.completedFuture(known);
  }

  private CompletableFuture<Void> again(
      List<FeedChange> changes, Fence fence, int tries, CallScope scope) {
    if (tries == MAX_TRIES) {
      return CompletableFuture.failedFuture(new AccountException(new StoreThrottled(RETRY_AFTER)));
    }
    long pause = ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS);
    return CompletableFuture.supplyAsync(
            () -> tries + 1, CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS))
        .thenCompose(next -> block(changes, fence, next, scope));
  }
}
