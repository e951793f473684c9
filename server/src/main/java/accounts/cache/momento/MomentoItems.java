package accounts.cache.momento;

import com.google.protobuf.ByteString;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client.ScsGrpc.ScsStub;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._SetIfResponse;
import grpc.common.Absent;
import grpc.common.Equal;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.ReadConcern;

/**
 * Momento's calls about items, made with its gRPC stubs and not with the SDK, see {@code
 * docs/adr/0020}. None is ever repeated: a change that is repeated could be applied after a later
 * one, and a lost read costs no more than a miss.
 *
 * <p>Answers complete on the threads of the connections, which must not be blocked. Cancelling an
 * answer ends its call. Safe for use by several threads.
 */
public final class MomentoItems implements AutoCloseable {

  private static final String AGENT = "java:cache:accounts";

  /** A connection for each event loop: what a loop reads for a call is answered on the loop. */
  private final List<Reads> reads;

  /** A connection for changes, none of which waits behind thousands of reads. */
  private final ManagedChannel changeChannel;

  private final ScsStub changes;

  /** The connection of one event loop. */
  private record Reads(ManagedChannel channel, ItemReads items) {}

  /**
   * Opens connections of its own; the caller closes this.
   *
   * @param concern of reads
   * @param threads stay the caller's to end
   */
  public MomentoItems(
      CredentialProvider credentials, String cacheName, ReadConcern concern, ReadThreads threads) {
    this.reads =
        threads.loops().stream()
            .map(loop ->
                reads(
                    loop,
                    MomentoChannel.builder(credentials, cacheName, AGENT)
                        .eventLoopGroup(loop)
                        .channelType(threads.sockets())
                        .build(),
                    concern))
            .toList();
    this.changeChannel = MomentoChannel.open(credentials, cacheName, AGENT);
    this.changes = ScsGrpc.newStub(changeChannel);
  }

  private static Reads reads(EventLoop loop, ManagedChannel channel, ReadConcern concern) {
    // Connects now, not with the first call.
    var unused = channel.getState(true);
    Channel reading = ClientInterceptors.intercept(channel, MomentoChannel.readingWith(concern));
    return new Reads(channel, new ItemReads(loop, reading));
  }

  /** Returns the reads of the current thread, or any for one that is no event loop. */
  ItemReads reads() {
    for (Reads own : reads) {
      if (own.items.isCurrent()) {
        return own.items;
      }
    }
    return reads.get(ThreadLocalRandom.current().nextInt(reads.size())).items;
  }

  /** Stores a value if the key has none. */
  CompletableFuture<_SetIfResponse> setIfAbsent(
      ByteString key, ByteString value, Duration ttl, Duration time) {
    return change(request(key, value, ttl).setAbsent(Absent.getDefaultInstance()), time);
  }

  /** Replaces a value if it equals the expected one. */
  CompletableFuture<_SetIfResponse> setIfEqual(
      ByteString key, ByteString expected, ByteString value, Duration ttl, Duration time) {
    Equal equal = Equal.newBuilder().setValueToCheck(expected).build();
    return change(request(key, value, ttl).setEqual(equal), time);
  }

  private static _SetIfRequest.Builder request(ByteString key, ByteString value, Duration ttl) {
    return _SetIfRequest.newBuilder()
        .setCacheKey(key)
        .setCacheBody(value)
        .setTtlMilliseconds(ttl.toMillis());
  }

  private CompletableFuture<_SetIfResponse> change(_SetIfRequest.Builder request, Duration time) {
    CallAnswer<_SetIfRequest, _SetIfResponse, _SetIfResponse> answer = CallAnswer.first();
    changes.withDeadlineAfter(time.toNanos(), TimeUnit.NANOSECONDS).setIf(request.build(), answer);
    return answer;
  }

  @Override
  public void close() {
    reads.forEach(own -> own.channel.shutdownNow());
    changeChannel.shutdownNow();
  }
}
