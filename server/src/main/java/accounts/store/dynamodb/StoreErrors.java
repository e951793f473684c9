package accounts.store.dynamodb;

import accounts.domain.AccountError.StoreThrottled;
import accounts.domain.AccountError.StoreUnavailable;
import accounts.domain.AccountException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What DynamoDB's failures mean to callers. */
final class StoreErrors {

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private static final Set<String> THROTTLES =
      Set.of(
          "ProvisionedThroughputExceededException",
          "ProvisionedThroughputExceeded",
          "RequestLimitExceeded",
          "ThrottlingException",
          "ThrottlingError",
          "TransactionConflictException",
          "TransactionConflict",
          "TransactionInProgressException");

  private StoreErrors() {}

  /**
   * Returns the failure to give to the caller; what is no fault of the store's state stays as it
   * is.
   */
  static Throwable translated(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof TransactionCanceledException cancelled && hasThrottle(cancelled)) {
      return new AccountException(new StoreThrottled(RETRY_AFTER), cause);
    }
    if (cause instanceof AwsServiceException service) {
      return translated(service);
    }
    if (cause instanceof SdkClientException || cause instanceof TimeoutException) {
      return new AccountException(new StoreUnavailable(RETRY_AFTER), cause);
    }
    return cause;
  }

  private static Throwable translated(AwsServiceException failure) {
    if (failure.isThrottlingException() || isThrottle(failure.awsErrorDetails())) {
      return new AccountException(new StoreThrottled(RETRY_AFTER), failure);
    }
    if (failure.statusCode() >= 500) {
      return new AccountException(new StoreUnavailable(RETRY_AFTER), failure);
    }
    return failure;
  }

  /** What answers in DynamoDB's place, such as a proxy, names no code. */
  private static boolean isThrottle(@Nullable AwsErrorDetails details) {
    return details != null
        && details.errorCode() != null
        && THROTTLES.contains(details.errorCode());
  }

  /**
   * Whether the transaction lost against another one on the same items: the same again may go
   * through.
   */
  static boolean isContended(TransactionCanceledException failure) {
    return failure.cancellationReasons().stream()
        .anyMatch(reason -> "TransactionConflict".equals(reason.code()));
  }

  private static boolean hasThrottle(TransactionCanceledException failure) {
    return failure.cancellationReasons().stream()
        .anyMatch(reason -> reason.code() != null && THROTTLES.contains(reason.code()));
  }

  static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
