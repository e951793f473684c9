package accounts.local.momento;

import grpc.cache_client.ECacheResult;
import grpc.cache_client._DeleteRequest;
import grpc.cache_client._DeleteResponse;
import grpc.cache_client._GetBatchRequest;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import grpc.cache_client._KeysExistRequest;
import grpc.cache_client._KeysExistResponse;
import grpc.cache_client._SetBatchRequest;
import grpc.cache_client._SetRequest;
import grpc.cache_client._SetResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and changes of scalars, one or several at a time. */
final class Scalars {

  private Scalars() {}

  static _GetResponse get(CacheView view, _GetRequest request) {
    @Nullable Scalar scalar = Scalar.of(view.read(request.getCacheKey()));
    return scalar == null
        ? _GetResponse.newBuilder().setResult(ECacheResult.Miss).build()
        : _GetResponse.newBuilder()
            .setResult(ECacheResult.Hit)
            .setCacheBody(scalar.value())
            .build();
  }

  static List<_GetResponse> getBatch(CacheView view, _GetBatchRequest request) {
    return request.getItemsList().stream().map(item -> get(view, item)).toList();
  }

  static _SetResponse set(CacheView view, _SetRequest request) {
    Scalar fresh = view.scalar(request.getCacheBody(), Limits.ttl(request.getTtlMilliseconds()));
    _SetResponse done = _SetResponse.newBuilder().setResult(ECacheResult.Ok).build();
    return view.change(request.getCacheKey(), any -> new Change<>(fresh, done));
  }

  static List<_SetResponse> setBatch(CacheView view, _SetBatchRequest request) {
    return request.getItemsList().stream().map(item -> set(view, item)).toList();
  }

  static _DeleteResponse delete(CacheView view, _DeleteRequest request) {
    _DeleteResponse done = _DeleteResponse.getDefaultInstance();
    return view.change(request.getCacheKey(), any -> new Change<>(null, done));
  }

  static _KeysExistResponse keysExist(CacheView view, _KeysExistRequest request) {
    _KeysExistResponse.Builder answer = _KeysExistResponse.newBuilder();
    request.getCacheKeysList().forEach(key -> answer.addExists(view.read(key) != null));
    return answer.build();
  }
}
