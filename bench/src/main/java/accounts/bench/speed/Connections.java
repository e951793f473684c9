package accounts.bench.speed;

import accounts.bench.freshness.Credentials;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Connections to one server, which calls take in turn. As cheap as gRPC's own client gets: answers
 * are handled on the threads that read them.
 */
final class Connections implements AutoCloseable {

  /** As many as a balanced service has callers for, and 100 calls may be in flight on each. */
  private static final int COUNT = 4;

  /** Callers of the service set one. */
  private static final long DEADLINE_SECONDS = 10;

  private final List<ManagedChannel> channels;

  private Connections(List<ManagedChannel> channels) {
    this.channels = channels;
  }

  /** Connects to {@code host:port}. */
  static Connections open(String address, Credentials credentials) {
    return new Connections(
        Stream.generate(() -> credentials.channel(address).directExecutor().disableRetry().build())
            .limit(COUNT)
            .toList());
  }

  /**
   * Returns calls of one method.
   *
   * @param requests the request of each number
   * @param isExpected whether an answer is from where it should be
   */
  <Q, A> Call calls(
      MethodDescriptor<Q, A> method, LongFunction<Q> requests, Predicate<A> isExpected) {
    return (number, ended) -> {
      CallOptions options =
          CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
      ClientCalls.asyncUnaryCall(
          channels.get(Math.floorMod(number, channels.size())).newCall(method, options),
          requests.apply(number),
          new Answer<>(isExpected, ended));
    };
  }

  /** Waits for the end of one call. */
  private static final class Answer<A> implements StreamObserver<A> {

    private final Predicate<A> isExpected;
    private final Call.Ended ended;
    private boolean asExpected;

    Answer(Predicate<A> isExpected, Call.Ended ended) {
      this.isExpected = isExpected;
      this.ended = ended;
    }

    @Override
    public void onNext(A answer) {
      asExpected = isExpected.test(answer);
    }

    @Override
    public void onError(Throwable failure) {
      ended.ended(false);
    }

    @Override
    public void onCompleted() {
      ended.ended(asExpected);
    }
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
