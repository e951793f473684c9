package accounts.local.momento;

import grpc.cache_client.ScsGrpc;
import grpc.cache_client._DeleteRequest;
import grpc.cache_client._DeleteResponse;
import grpc.cache_client._DictionaryDeleteRequest;
import grpc.cache_client._DictionaryDeleteResponse;
import grpc.cache_client._DictionaryFetchRequest;
import grpc.cache_client._DictionaryFetchResponse;
import grpc.cache_client._DictionaryGetRequest;
import grpc.cache_client._DictionaryGetResponse;
import grpc.cache_client._DictionaryIncrementRequest;
import grpc.cache_client._DictionaryIncrementResponse;
import grpc.cache_client._DictionaryLengthRequest;
import grpc.cache_client._DictionaryLengthResponse;
import grpc.cache_client._DictionarySetRequest;
import grpc.cache_client._DictionarySetResponse;
import grpc.cache_client._GetBatchRequest;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import grpc.cache_client._IncrementRequest;
import grpc.cache_client._IncrementResponse;
import grpc.cache_client._ItemGetTtlRequest;
import grpc.cache_client._ItemGetTtlResponse;
import grpc.cache_client._ItemGetTypeRequest;
import grpc.cache_client._ItemGetTypeResponse;
import grpc.cache_client._KeysExistRequest;
import grpc.cache_client._KeysExistResponse;
import grpc.cache_client._SetBatchRequest;
import grpc.cache_client._SetIfNotExistsRequest;
import grpc.cache_client._SetIfNotExistsResponse;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._SetIfResponse;
import grpc.cache_client._SetRequest;
import grpc.cache_client._SetResponse;
import grpc.cache_client._UpdateTtlRequest;
import grpc.cache_client._UpdateTtlResponse;
import io.grpc.stub.StreamObserver;

/** The data plane: passes each call to its handler. Other calls are answered with UNIMPLEMENTED. */
final class ScsService extends ScsGrpc.ScsImplBase {

  private final Caches caches;

  ScsService(Caches caches) {
    this.caches = caches;
  }

  private CacheView view() {
    return new CacheView(caches.store(CallHeaders.cache()), ReplicaLag.current());
  }

  @Override
  public void get(_GetRequest request, StreamObserver<_GetResponse> caller) {
    Answer.one(caller, () -> Scalars.get(view(), request));
  }

  @Override
  public void getBatch(_GetBatchRequest request, StreamObserver<_GetResponse> caller) {
    Answer.many(caller, () -> Scalars.getBatch(view(), request));
  }

  @Override
  public void set(_SetRequest request, StreamObserver<_SetResponse> caller) {
    Answer.one(caller, () -> Scalars.set(view(), request));
  }

  @Override
  public void setBatch(_SetBatchRequest request, StreamObserver<_SetResponse> caller) {
    Answer.many(caller, () -> Scalars.setBatch(view(), request));
  }

  @Override
  public void setIf(_SetIfRequest request, StreamObserver<_SetIfResponse> caller) {
    Answer.one(caller, () -> Conditions.setIf(view(), request));
  }

  /** Deprecated in favour of SetIf, but still used by the SDKs. */
  @Override
  @SuppressWarnings("deprecation")
  public void setIfNotExists(
      _SetIfNotExistsRequest request, StreamObserver<_SetIfNotExistsResponse> caller) {
    Answer.one(caller, () -> Conditions.setIfNotExists(view(), request));
  }

  @Override
  public void delete(_DeleteRequest request, StreamObserver<_DeleteResponse> caller) {
    Answer.one(caller, () -> Scalars.delete(view(), request));
  }

  @Override
  public void keysExist(_KeysExistRequest request, StreamObserver<_KeysExistResponse> caller) {
    Answer.one(caller, () -> Scalars.keysExist(view(), request));
  }

  @Override
  public void increment(_IncrementRequest request, StreamObserver<_IncrementResponse> caller) {
    Answer.one(caller, () -> Counters.increment(view(), request));
  }

  @Override
  public void updateTtl(_UpdateTtlRequest request, StreamObserver<_UpdateTtlResponse> caller) {
    Answer.one(caller, () -> Ttls.update(view(), request));
  }

  @Override
  public void itemGetTtl(_ItemGetTtlRequest request, StreamObserver<_ItemGetTtlResponse> caller) {
    Answer.one(caller, () -> Ttls.get(view(), request));
  }

  @Override
  public void itemGetType(
      _ItemGetTypeRequest request, StreamObserver<_ItemGetTypeResponse> caller) {
    Answer.one(caller, () -> Ttls.type(view(), request));
  }

  @Override
  public void dictionaryGet(
      _DictionaryGetRequest request, StreamObserver<_DictionaryGetResponse> caller) {
    Answer.one(caller, () -> DictionaryReads.get(view(), request));
  }

  @Override
  public void dictionaryFetch(
      _DictionaryFetchRequest request, StreamObserver<_DictionaryFetchResponse> caller) {
    Answer.one(caller, () -> DictionaryReads.fetch(view(), request));
  }

  @Override
  public void dictionarySet(
      _DictionarySetRequest request, StreamObserver<_DictionarySetResponse> caller) {
    Answer.one(caller, () -> Dictionaries.set(view(), request));
  }

  @Override
  public void dictionaryIncrement(
      _DictionaryIncrementRequest request, StreamObserver<_DictionaryIncrementResponse> caller) {
    Answer.one(caller, () -> Dictionaries.increment(view(), request));
  }

  @Override
  public void dictionaryDelete(
      _DictionaryDeleteRequest request, StreamObserver<_DictionaryDeleteResponse> caller) {
    Answer.one(caller, () -> Dictionaries.delete(view(), request));
  }

  @Override
  public void dictionaryLength(
      _DictionaryLengthRequest request, StreamObserver<_DictionaryLengthResponse> caller) {
    Answer.one(caller, () -> DictionaryReads.length(view(), request));
  }
}
