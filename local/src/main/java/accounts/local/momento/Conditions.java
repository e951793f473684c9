package accounts.local.momento;

import com.google.protobuf.ByteString;
import grpc.cache_client._SetIfNotExistsRequest;
import grpc.cache_client._SetIfNotExistsResponse;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._SetIfResponse;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Conditional sets; the condition and the set are one atomic step. */
final class Conditions {

  private Conditions() {}

  static _SetIfResponse setIf(CacheView view, _SetIfRequest request) {
    Scalar fresh = fresh(view, request.getCacheBody(), request.getTtlMilliseconds());
    _SetIfResponse.Builder answer = _SetIfResponse.newBuilder();
    return stored(view, request.getCacheKey(), fresh, condition(request))
        ? answer.setStored(_SetIfResponse._Stored.getDefaultInstance()).build()
        : answer.setNotStored(_SetIfResponse._NotStored.getDefaultInstance()).build();
  }

  static _SetIfNotExistsResponse setIfNotExists(CacheView view, _SetIfNotExistsRequest request) {
    Scalar fresh = fresh(view, request.getCacheBody(), request.getTtlMilliseconds());
    _SetIfNotExistsResponse.Builder answer = _SetIfNotExistsResponse.newBuilder();
    return stored(view, request.getCacheKey(), fresh, held -> held == null)
        ? answer.setStored(_SetIfNotExistsResponse._Stored.getDefaultInstance()).build()
        : answer.setNotStored(_SetIfNotExistsResponse._NotStored.getDefaultInstance()).build();
  }

  private static Scalar fresh(CacheView view, ByteString value, long ttl) {
    return view.scalar(value, Limits.ttl(ttl));
  }

  private static boolean stored(
      CacheView view, ByteString key, Scalar fresh, Predicate<@Nullable ByteString> condition) {
    return view.change(
        key,
        item -> {
          boolean holds = condition.test(value(item));
          return new Change<>(holds ? fresh : item, holds);
        });
  }

  private static @Nullable ByteString value(@Nullable Item item) {
    @Nullable Scalar scalar = Scalar.of(item);
    return scalar == null ? null : scalar.value();
  }

  private static Predicate<@Nullable ByteString> condition(_SetIfRequest request) {
    return switch (request.getConditionCase()) {
      case PRESENT -> held -> held != null;
      case ABSENT -> held -> held == null;
      case EQUAL -> request.getEqual().getValueToCheck()::equals;
      case NOT_EQUAL -> held -> !request.getNotEqual().getValueToCheck().equals(held);
      case PRESENT_AND_NOT_EQUAL ->
          held -> held != null && !request.getPresentAndNotEqual().getValueToCheck().equals(held);
      case ABSENT_OR_EQUAL ->
          held -> held == null || request.getAbsentOrEqual().getValueToCheck().equals(held);
      case CONDITION_NOT_SET -> throw Refusals.invalidArgument("SetIf needs a condition");
    };
  }
}
