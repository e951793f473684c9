package accounts.local.momento;

import com.google.protobuf.ByteString;
import grpc.cache_client._DictionaryDeleteRequest;
import grpc.cache_client._DictionaryDeleteResponse;
import grpc.cache_client._DictionaryFieldValuePair;
import grpc.cache_client._DictionaryIncrementRequest;
import grpc.cache_client._DictionaryIncrementResponse;
import grpc.cache_client._DictionarySetRequest;
import grpc.cache_client._DictionarySetResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes of dictionaries. A new dictionary gets the TTL of the call; an existing one keeps its
 * own, unless the call refreshes it. A dictionary is deleted with its last field.
 */
final class Dictionaries {

  private Dictionaries() {}

  static _DictionarySetResponse set(CacheView view, _DictionarySetRequest request) {
    long end = view.store().endAfter(Limits.ttl(request.getTtlMilliseconds()));
    List<_DictionaryFieldValuePair> pairs = request.getItemsList();
    pairs.forEach(pair -> Limits.element(pair.getField(), pair.getValue()));
    return view.change(
        request.getDictionaryName(),
        item -> {
          Map<ByteString, ByteString> fields = fields(item);
          pairs.forEach(pair -> fields.put(pair.getField(), pair.getValue()));
          return new Change<>(
              with(item, fields, end, request.getRefreshTtl()),
              _DictionarySetResponse.getDefaultInstance());
        });
  }

  static _DictionaryIncrementResponse increment(
      CacheView view, _DictionaryIncrementRequest request) {
    long end = view.store().endAfter(Limits.ttl(request.getTtlMilliseconds()));
    long sum =
        view.change(
            request.getDictionaryName(),
            item -> {
              Map<ByteString, ByteString> fields = fields(item);
              long value = Counters.add(fields.get(request.getField()), request.getAmount());
              fields.put(request.getField(), Counters.text(value));
              return new Change<>(with(item, fields, end, request.getRefreshTtl()), value);
            });
    return _DictionaryIncrementResponse.newBuilder().setValue(sum).build();
  }

  static _DictionaryDeleteResponse delete(CacheView view, _DictionaryDeleteRequest request) {
    return view.change(
        request.getDictionaryName(),
        item ->
            new Change<>(without(item, request), _DictionaryDeleteResponse.getDefaultInstance()));
  }

  private static @Nullable Item without(@Nullable Item item, _DictionaryDeleteRequest request) {
    Map<ByteString, ByteString> fields = fields(item);
    switch (request.getDeleteCase()) {
      case ALL -> fields.clear();
      case SOME -> request.getSome().getFieldsList().forEach(fields::remove);
      case DELETE_NOT_SET -> throw Refusals.invalidArgument("Fields, or all, must be named");
    }
    return item == null ? null : with(item, fields, item.expiresAt(), false);
  }

  /** Returns a modifiable copy. */
  private static Map<ByteString, ByteString> fields(@Nullable Item item) {
    @Nullable Dictionary held = Dictionary.of(item);
    return held == null ? new LinkedHashMap<>() : new LinkedHashMap<>(held.fields());
  }

  private static @Nullable Item with(
      @Nullable Item held, Map<ByteString, ByteString> fields, long end, boolean refresh) {
    return fields.isEmpty()
        ? null
        : new Dictionary(fields, held == null || refresh ? end : held.expiresAt());
  }
}
