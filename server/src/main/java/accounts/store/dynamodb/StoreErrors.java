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

/** Translates DynamoDB's failures to errors for callers. */
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

  /** Answers about our credentials and permissions, whatever was asked. */
  private static final Set<String> REFUSALS =
      Set.of(
          "AccessDeniedException",
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "UnrecognizedClientException");

  private StoreErrors() {}

  /**
   * Returns the failure for the caller; failures unrelated to the store's state are returned
   * unchanged.
   */
  static Throwable translated(Throwable failure) {
    Throwable cause = MissingCredentials.named(unwrapped(failure));
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
    if (failure.isThrottlingException() || isOneOf(THROTTLES, failure.awsErrorDetails())) {
      return new AccountException(new StoreThrottled(RETRY_AFTER), failure);
    }
    if (failure.statusCode() >= 500 || isOneOf(REFUSALS, failure.awsErrorDetails())) {
      return new AccountException(new StoreUnavailable(RETRY_AFTER), failure);
    }
    return failure;
  }

  /** Something in DynamoDB's place, such as a proxy, may answer without an error code. */
  private static boolean isOneOf(Set<String> codes, @Nullable AwsErrorDetails details) {
    return details != null && details.errorCode() != null && codes.contains(details.errorCode());
  }

  /** Returns whether the transaction conflicted with another one; a retry may succeed. */
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
