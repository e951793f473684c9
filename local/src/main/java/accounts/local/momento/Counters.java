package accounts.local.momento;

import com.google.protobuf.ByteString;
import grpc.cache_client._IncrementRequest;
import grpc.cache_client._IncrementResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Counters, stored as decimal text so that get can read them and set can initialize them. */
final class Counters {

  private static final Pattern FORM = Pattern.compile("-?[0-9]+");

  private Counters() {}

  static _IncrementResponse increment(CacheView view, _IncrementRequest request) {
    Duration ttl = Limits.ttl(request.getTtlMilliseconds());
    long sum =
        view.change(
            request.getCacheKey(),
            item -> {
              long value = add(text(item), request.getAmount());
              return new Change<>(view.scalar(text(value), ttl), value);
            });
    return _IncrementResponse.newBuilder().setValue(sum).build();
  }

  /** Adds to a number in text form; a missing one is zero. */
  static long add(@Nullable ByteString text, long amount) {
    try {
      return text == null ? amount : Math.addExact(number(text.toStringUtf8()), amount);
    } catch (NumberFormatException e) {
      throw Refusals.failedPrecondition("The value is not an integer");
    } catch (ArithmeticException e) {
      throw Refusals.failedPrecondition("The sum does not fit into 64 bits");
    }
  }

  /**
   * Parses a number as the service does; {@link Long#parseLong} would also accept a plus sign and
   * non-ASCII digits.
   */
  private static long number(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return Long.parseLong(text);
  }

  /** Returns a number in text form. */
  static ByteString text(long number) {
    return ByteString.copyFromUtf8(Long.toString(number));
  }

  private static @Nullable ByteString text(@Nullable Item item) {
    @Nullable Scalar scalar = Scalar.of(item);
    return scalar == null ? null : scalar.value();
  }
}
