package accounts.client;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a call. The subclasses are the outcomes that callers usually distinguish; decide
 * anything else by {@link #reason}, then by {@link #code}, never by the message, which is for
 * people.
 *
 * <p>Immutable. Futures complete with it (wrapped in a {@code CompletionException} further down a
 * chain, as the JDK does); the blocking view throws it.
 */
public sealed class AccountsException extends RuntimeException
    permits AccountsException.NotFound,
        AccountsException.AlreadyExists,
        AccountsException.InvalidArgument,
        AccountsException.PermissionDenied,
        AccountsException.RevisionMismatch {

  private final Failure failure;

  AccountsException(Failure failure, @Nullable Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  /** Returns the gRPC status code. */
  public final Status.Code code() {
    return failure.code();
  }

  /**
   * Returns the reason; {@link ErrorReason#UNKNOWN} if the service gave none, or one newer than
   * this client.
   */
  public final ErrorReason reason() {
    return failure.reason();
  }

  /**
   * Returns details of the reason, under the names that the contract defines; empty if there are
   * none.
   */
  public final Map<String, String> metadata() {
    return failure.metadata();
  }

  /** Returns every invalid field; empty unless the request was malformed. */
  public final List<FieldViolation> violations() {
    return failure.violations();
  }

  /** Returns how long to wait before a retry, if the service said so. */
  public final Optional<Duration> retryDelay() {
    return failure.retryDelay();
  }

  /** Returns the resource that the error is about, if the service named one. */
  public final Optional<Resource> resource() {
    return failure.resource();
  }

  /**
   * Returns the request id of the write; empty for reads. If the outcome is unknown ({@code
   * UNAVAILABLE}, {@code DEADLINE_EXCEEDED}, {@code CANCELLED}, {@code INTERNAL}), repeat the call
   * with this id: it is not done twice, and the outcome is then known.
   */
  public final Optional<UUID> requestId() {
    return failure.requestId();
  }

  /** The user, organization or membership does not exist. */
  public static final class NotFound extends AccountsException {
    NotFound(Failure failure, @Nullable Throwable cause) {
      super(failure, cause);
    }

    /** Returns the revision of the removal; 0 if it never existed, and of an invitation. */
    public long revision() {
      return super.failure.revision();
    }
  }

  /** The user, organization or membership exists already. */
  public static final class AlreadyExists extends AccountsException {
    AlreadyExists(Failure failure, @Nullable Throwable cause) {
      super(failure, cause);
    }
  }

  /**
   * The request is malformed, see {@link #violations}, or its request id was used for another
   * request.
   */
  public static final class InvalidArgument extends AccountsException {
    InvalidArgument(Failure failure, @Nullable Throwable cause) {
      super(failure, cause);
    }
  }

  /** The acting user's role, or the calling service's scope, does not allow the call. */
  public static final class PermissionDenied extends AccountsException {
    PermissionDenied(Failure failure, @Nullable Throwable cause) {
      super(failure, cause);
    }
  }

  /**
   * The entity does not have the expected revision, because it was changed: read it again and
   * decide again.
   */
  public static final class RevisionMismatch extends AccountsException {
    RevisionMismatch(Failure failure, @Nullable Throwable cause) {
      super(failure, cause);
    }

    /** Returns the current revision. */
    public long revision() {
      return super.failure.revision();
    }
  }

  /**
   * An invalid field of a request.
   *
   * @param field its path in the request, for example {@code usernames[3]}
   * @param description what is wrong and what was expected
   */
  public record FieldViolation(String field, String description) {}

  /**
   * The resource that an error is about.
   *
   * @param type of the resource
   * @param name of the resource
   */
  public record Resource(String type, String name) {}
}
