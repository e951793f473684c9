package accounts.local.momento;

import grpc.cache_client._ItemGetTtlRequest;
import grpc.cache_client._ItemGetTtlResponse;
import grpc.cache_client._ItemGetTypeRequest;
import grpc.cache_client._ItemGetTypeResponse;
import grpc.cache_client._ItemGetTypeResponse.ItemType;
import grpc.cache_client._UpdateTtlRequest;
import grpc.cache_client._UpdateTtlResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Reads and changes of TTLs, and reads of item types. */
final class Ttls {

  private static final _UpdateTtlResponse SET =
      _UpdateTtlResponse.newBuilder().setSet(_UpdateTtlResponse._Set.getDefaultInstance()).build();
  private static final _UpdateTtlResponse NOT_SET =
      _UpdateTtlResponse.newBuilder()
          .setNotSet(_UpdateTtlResponse._NotSet.getDefaultInstance())
          .build();
  private static final _UpdateTtlResponse MISSING =
      _UpdateTtlResponse.newBuilder()
          .setMissing(_UpdateTtlResponse._Missing.getDefaultInstance())
          .build();

  private Ttls() {}

  static _ItemGetTtlResponse get(CacheView view, _ItemGetTtlRequest request) {
    @Nullable Item item = view.read(request.getCacheKey());
    _ItemGetTtlResponse.Builder answer = _ItemGetTtlResponse.newBuilder();
    return item == null
        ? answer.setMissing(_ItemGetTtlResponse._Missing.getDefaultInstance()).build()
        : answer.setFound(remaining(item.expiresAt() - view.store().now())).build();
  }

  private static _ItemGetTtlResponse._Found.Builder remaining(long nanos) {
    return _ItemGetTtlResponse._Found.newBuilder()
        .setRemainingTtlMillis(TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  static _ItemGetTypeResponse type(CacheView view, _ItemGetTypeRequest request) {
    @Nullable Item item = view.read(request.getCacheKey());
    _ItemGetTypeResponse.Builder answer = _ItemGetTypeResponse.newBuilder();
    return item == null
        ? answer.setMissing(_ItemGetTypeResponse._Missing.getDefaultInstance()).build()
        : answer.setFound(_ItemGetTypeResponse._Found.newBuilder().setItemType(type(item))).build();
  }

  private static ItemType type(Item item) {
    return switch (item) {
      case Scalar scalar -> ItemType.SCALAR;
      case Dictionary dictionary -> ItemType.DICTIONARY;
    };
  }

  static _UpdateTtlResponse update(CacheView view, _UpdateTtlRequest request) {
    return switch (request.getUpdateTtlCase()) {
      case OVERWRITE_TO_MILLISECONDS ->
          update(view, request, request.getOverwriteToMilliseconds(), gain -> true);
      case INCREASE_TO_MILLISECONDS ->
          update(view, request, request.getIncreaseToMilliseconds(), gain -> gain > 0);
      case DECREASE_TO_MILLISECONDS ->
          update(view, request, request.getDecreaseToMilliseconds(), gain -> gain < 0);
      case UPDATETTL_NOT_SET -> throw Refusals.invalidArgument("UpdateTtl needs a kind of update");
    };
  }

  private static _UpdateTtlResponse update(
      CacheView view, _UpdateTtlRequest request, long milliseconds, LongPredicate condition) {
    long end = view.store().endAfter(Limits.ttl(milliseconds));
    return view.change(
        request.getCacheKey(),
        item -> {
          if (item == null) {
            return new Change<>(null, MISSING);
          }
          boolean holds = condition.test(end - item.expiresAt());
          return holds ? new Change<>(item.expiringAt(end), SET) : new Change<>(item, NOT_SET);
        });
  }
}
