package accounts.cache.momento;

import com.google.protobuf.ByteString;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._SetIfResponse;
import grpc.common.Absent;
import grpc.common.Equal;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import momento.sdk.auth.CredentialProvider;

/**
 * Momento's check-and-set calls, made with its gRPC stubs: the SDK, as of 1.21.0, has only the one
 * for absent items, and Momento warns against mixing these calls with others on one key. To be
 * replaced by the SDK once it has them.
 */
public final class MomentoCompareAndSet implements AutoCloseable {

  private final ManagedChannel channel;
  private final ScsGrpc.ScsStub stub;

  /** Opens a channel of its own; the caller closes this. */
  public MomentoCompareAndSet(CredentialProvider credentials, String cacheName) {
    this.channel = MomentoChannel.open(credentials, cacheName, "java:cache:accounts");
    this.stub = ScsGrpc.newStub(channel);
  }

  /** Stores a value if the key has none. */
  CompletableFuture<_SetIfResponse> setIfAbsent(
      ByteString key, ByteString value, Duration ttl, Duration time) {
    return call(request(key, value, ttl).setAbsent(Absent.getDefaultInstance()), time);
  }

  /** Replaces a value if it equals the expected one. */
  CompletableFuture<_SetIfResponse> setIfEqual(
      ByteString key, ByteString expected, ByteString value, Duration ttl, Duration time) {
    Equal equal = Equal.newBuilder().setValueToCheck(expected).build();
    return call(request(key, value, ttl).setEqual(equal), time);
  }

  private static _SetIfRequest.Builder request(ByteString key, ByteString value, Duration ttl) {
    return _SetIfRequest.newBuilder()
        .setCacheKey(key)
        .setCacheBody(value)
        .setTtlMilliseconds(ttl.toMillis());
  }

  private CompletableFuture<_SetIfResponse> call(_SetIfRequest.Builder request, Duration time) {
    Answer answer = new Answer();
    stub.withDeadlineAfter(time.toNanos(), TimeUnit.NANOSECONDS).setIf(request.build(), answer);
    return answer.future;
  }

  private static final class Answer implements StreamObserver<_SetIfResponse> {

    private final CompletableFuture<_SetIfResponse> future = new CompletableFuture<>();

    @Override
    public void onNext(_SetIfResponse response) {
      future.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
      future.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      // Does nothing after an answer; without one, the call is no answer.
      future.completeExceptionally(new IllegalStateException("no answer to a check-and-set"));
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
