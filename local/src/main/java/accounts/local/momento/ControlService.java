package accounts.local.momento;

import grpc.control_client.ScsControlGrpc;
import grpc.control_client._Cache;
import grpc.control_client._CacheLimits;
import grpc.control_client._CreateCacheRequest;
import grpc.control_client._CreateCacheResponse;
import grpc.control_client._DeleteCacheRequest;
import grpc.control_client._DeleteCacheResponse;
import grpc.control_client._FlushCacheRequest;
import grpc.control_client._FlushCacheResponse;
import grpc.control_client._ListCachesRequest;
import grpc.control_client._ListCachesResponse;
import grpc.control_client._TopicLimits;
import io.grpc.stub.StreamObserver;

/** The control plane: creates, deletes, lists and flushes caches. */
final class ControlService extends ScsControlGrpc.ScsControlImplBase {

  /** The reported limit of rates that are unlimited: 0 would mean that nothing is allowed. */
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private final Caches caches;
  private final Topics topics;

  ControlService(Caches caches, Topics topics) {
    this.caches = caches;
    this.topics = topics;
  }

  @Override
  public void createCache(
      _CreateCacheRequest request, StreamObserver<_CreateCacheResponse> caller) {
    Answer.one(caller, () -> create(request.getCacheName()));
  }

  private _CreateCacheResponse create(String name) {
    if (!caches.create(name)) {
      throw Refusals.cacheExists(name);
    }
    return _CreateCacheResponse.getDefaultInstance();
  }

  @Override
  public void deleteCache(
      _DeleteCacheRequest request, StreamObserver<_DeleteCacheResponse> caller) {
    Answer.one(
        caller,
        () -> {
          caches.delete(request.getCacheName());
          topics.forget(request.getCacheName(), Refusals.cacheNotFound(request.getCacheName()));
          return _DeleteCacheResponse.getDefaultInstance();
        });
  }

  @Override
  public void flushCache(_FlushCacheRequest request, StreamObserver<_FlushCacheResponse> caller) {
    Answer.one(
        caller,
        () -> {
          caches.store(request.getCacheName()).clear();
          return _FlushCacheResponse.getDefaultInstance();
        });
  }

  @Override
  public void listCaches(_ListCachesRequest request, StreamObserver<_ListCachesResponse> caller) {
    Answer.one(caller, this::list);
  }

  private _ListCachesResponse list() {
    _ListCachesResponse.Builder answer = _ListCachesResponse.newBuilder();
    caches.names().forEach(name -> answer.addCache(cache(name)));
    return answer.build();
  }

  private static _Cache.Builder cache(String name) {
    return _Cache.newBuilder()
        .setCacheName(name)
        .setCacheLimits(
            _CacheLimits.newBuilder()
                .setMaxTrafficRate(UNLIMITED)
                .setMaxThroughputKbps(UNLIMITED)
                .setMaxItemSizeKb(Limits.ITEM_BYTES / 1024)
                .setMaxTtlSeconds(Limits.TTL.toSeconds()))
        .setTopicLimits(
            _TopicLimits.newBuilder()
                .setMaxPublishRate(UNLIMITED)
                .setMaxSubscriptionCount(Limits.SUBSCRIBERS)
                .setMaxPublishMessageSizeKb(Limits.TOPIC_MESSAGE_BYTES / 1024));
  }
}
