package accounts.store.dynamodb;

import accounts.domain.RequestId;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.CommitResult.Committed;
import accounts.store.CommitResult.Conflict;
import accounts.store.CommitResult.Repeated;
import accounts.store.RequestRecord;
import accounts.store.dynamodb.Transaction.Part;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Executes commits, each as one transaction. */
final class Committer {

  /** Twice the 24 hours of the contract, which leaves room for clock differences. */
  static final Duration RECORD_LIFETIME = Duration.ofDays(2);

  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private final DynamoDbAsyncClient client;
  private final String table;
  private final Duration retention;
  private final InstantSource clock;

  /**
   * @param retention how long entries of the audit trail are kept
   */
  Committer(DynamoDbAsyncClient client, String table, Duration retention, InstantSource clock) {
    this.client = client;
    this.table = table;
    this.retention = retention;
    this.clock = clock;
  }

  CompletableFuture<CommitResult> commit(Commit commit, Duration time) {
    Instant recordExpires = clock.instant().plus(RECORD_LIFETIME);
    List<Part> parts = Transaction.of(table, commit, recordExpires, retention);
    // The token makes the SDK's own retries of this call harmless: DynamoDB knows them by it.
    String token = UUID.randomUUID().toString();
    return client
        .transactWriteItems(write ->
            write
                .transactItems(parts.stream().map(Part::item).toList())
                .clientRequestToken(token)
                .overrideConfiguration(o -> o.apiCallTimeout(time)))
        .<CommitResult>thenApply(response -> new Committed())
        .exceptionallyCompose(failure -> refused(commit, parts, failure));
  }

  private static CompletableFuture<CommitResult> refused(
      Commit commit, List<Part> parts, Throwable failure) {
    if (StoreErrors.unwrapped(failure) instanceof TransactionCanceledException cancelled) {
      Optional<CommitResult> result =
          repeated(commit, cancelled).or(() -> conflict(parts, cancelled));
      if (result.isPresent()) {
        return CompletableFuture.completedFuture(result.get());
      }
    }
    return CompletableFuture.failedFuture(failure);
  }

  /** The first part is the request's record: if its condition failed, the request is a retry. */
  private static Optional<CommitResult> repeated(
      Commit commit, TransactionCanceledException cancelled) {
    CancellationReason first = cancelled.cancellationReasons().getFirst();
    if (commit.record().isEmpty() || !isConditionFailed(first)) {
      return Optional.empty();
    }
    RequestId requestId = commit.record().get().requestId();
    RequestRecord record = Items.requestRecord(requestId, new Item(first.item()));
    return Optional.of(new Repeated(record));
  }

  static boolean isConditionFailed(CancellationReason reason) {
    return CONDITION_FAILED.equals(reason.code());
  }

  private static Optional<CommitResult> conflict(
      List<Part> parts, TransactionCanceledException cancelled) {
    if (StoreErrors.isContended(cancelled)) {
      // What is unmet beside it may be the half done work of the other transaction.
      return Optional.of(new Conflict(List.of()));
    }
    List<Change> unmet = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (isConditionFailed(cancelled.cancellationReasons().get(i))) {
        parts.get(i).change().ifPresent(unmet::add);
      }
    }
    return unmet.isEmpty() ? Optional.empty() : Optional.of(new Conflict(List.copyOf(unmet)));
  }
}
