package accounts.client;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says that a call failed, and why. The subclasses are the outcomes that callers tell apart;
 * everything else is decided by {@link #reason}, then by {@link #code}, never by the message, which
 * is for people.
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

  /** The gRPC code: how the call ended. */
  public final Status.Code code() {
    return failure.code();
  }

  /**
   * Why, as the service says it; {@link ErrorReason#UNKNOWN} if it did not, or in a word newer than
   * this client.
   */
  public final ErrorReason reason() {
    return failure.reason();
  }

  /**
   * Facts about the reason, by the names that the contract gives with each; empty if there are
   * none.
   */
  public final Map<String, String> metadata() {
    return failure.metadata();
  }

  /** Every field at fault; empty unless the request was malformed. */
  public final List<FieldViolation> violations() {
    return failure.violations();
  }

  /** How long to wait before another try, if the service said so. */
  public final Optional<Duration> retryDelay() {
    return failure.retryDelay();
  }

  /** The thing that it is about, if the service named one. */
  public final Optional<Resource> resource() {
    return failure.resource();
  }

  /**
   * The id that the write went out with; empty for reads. Where the outcome is unknown ({@code
   * UNAVAILABLE}, {@code DEADLINE_EXCEEDED}, {@code CANCELLED}, {@code INTERNAL}), the same call
   * with this id settles it without doing it twice.
   */
  public final Optional<UUID> requestId() {
    return failure.requestId();
  }

  /** The user, organization or membership is not there. */
  public static final class NotFound extends AccountsException {
    NotFound(Failure failure, @Nullable Throwable cause) {
      super(failure, cause);
    }

    /** Revision of the removal; 0 if it never was. */
    public long revision() {
      return super.failure.revision();
    }
  }

  /** There is one already. */
  public static final class AlreadyExists extends AccountsException {
    AlreadyExists(Failure failure, @Nullable Throwable cause) {
      super(failure, cause);
    }
  }

  /**
   * The request is malformed, see {@link #violations}, or its request id was used for something
   * else.
   */
  public static final class InvalidArgument extends AccountsException {
    InvalidArgument(Failure failure, @Nullable Throwable cause) {
      super(failure, cause);
    }
  }

  /** The acting user's role, or the calling service's scope, does not allow it. */
  public static final class PermissionDenied extends AccountsException {
    PermissionDenied(Failure failure, @Nullable Throwable cause) {
      super(failure, cause);
    }
  }

  /** Somebody else changed it first: read again, decide again. */
  public static final class RevisionMismatch extends AccountsException {
    RevisionMismatch(Failure failure, @Nullable Throwable cause) {
      super(failure, cause);
    }

    /** The revision that it has at present. */
    public long revision() {
      return super.failure.revision();
    }
  }

  /**
   * One fault of one field.
   *
   * @param field its path in the request, for example {@code usernames[3]}
   * @param description what is wrong and what was expected, for people
   */
  public record FieldViolation(String field, String description) {}

  /**
   * The thing that an error is about.
   *
   * @param type what kind of thing
   * @param name which one
   */
  public record Resource(String type, String name) {}
}
