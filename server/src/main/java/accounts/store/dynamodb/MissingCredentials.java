package accounts.store.dynamodb;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The failure of a call for which the AWS SDK has found no credentials. The SDK describes every
 * place where it has looked, in 1.5 KB; here the failure says what is missing.
 */
final class MissingCredentials {

  private static final Logger log = LoggerFactory.getLogger(MissingCredentials.class);

  private static final String SDK = "Unable to load credentials from any of the providers";

  private static final String OURS =
      "no AWS credentials (expected: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or a"
          + " role of the pod or the machine; where the SDK has looked is logged at DEBUG)";

  private MissingCredentials() {}

  /** Returns the failure with a message of one line, if it is this one; any other as it is. */
  static Throwable named(Throwable failure) {
    String message = failure.getMessage();
    if (failure instanceof SdkClientException && message != null && message.startsWith(SDK)) {
      log.debug("no AWS credentials: {}", message);
      return SdkClientException.create(OURS);
    }
    return failure;
  }
}
