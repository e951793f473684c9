package accounts.cache.momento;

import com.google.protobuf.ByteString;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._SetIfResponse;
import grpc.common.Absent;
import grpc.common.Equal;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import momento.sdk.auth.CredentialProvider;

/**
 * Momento's check-and-set calls, made with its gRPC stubs: the SDK, as of 1.21.0, has only the one
 * for absent items, and Momento warns against mixing these calls with others on one key. To be
 * replaced by the SDK once it has them.
 */
final class MomentoCompareAndSet implements AutoCloseable {

  private final ManagedChannel channel;
  private final ScsGrpc.ScsStub stub;

  /** Opens a channel of its own; the caller closes this. */
  MomentoCompareAndSet(CredentialProvider credentials, String cacheName) {
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
    FirstAnswer<_SetIfResponse> answer = new FirstAnswer<>();
    stub.withDeadlineAfter(time.toNanos(), TimeUnit.NANOSECONDS).setIf(request.build(), answer);
    return answer.future();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
