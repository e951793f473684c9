package accounts.bench.freshness;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.AccountServiceGrpc.AccountServiceStub;
import accounts.v1.GetUserRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A connection to one instance of the service, without balancing and without retries. */
public final class Instance implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final String name;
  private final String address;
  private final List<ManagedChannel> channels;
  private final AtomicInteger next = new AtomicInteger();

  private Instance(String name, String address, List<ManagedChannel> channels) {
    this.name = name;
    this.address = address;
    this.channels = channels;
  }

  /**
   * Connects in plaintext, as nobody in particular.
   *
   * @param name of the instance in reports
   * @param address {@code host:port}
   */
  public static Instance connect(String name, String address) {
    return connect(name, address, 1);
  }

  /**
   * As {@link #connect(String, String)}, with several connections that take turns, each of which
   * may have 100 calls in flight.
   */
  public static Instance connect(String name, String address, int connections) {
    return connect(name, address, connections, Credentials.NONE);
  }

  /** As {@link #connect(String, String, int)}, with these credentials. */
  public static Instance connect(
      String name, String address, int connections, Credentials credentials) {
    return new Instance(
        name,
        address,
        Stream.generate(() -> credentials.channel(address).disableRetry().build())
            .limit(connections)
            .toList());
  }

  private ManagedChannel channel() {
    return channels.get(Math.floorMod(next.getAndIncrement(), channels.size()));
  }

  /** Returns the name of the instance in reports. */
  public String name() {
    return name;
  }

  /** Returns the address of the instance, {@code host:port}. */
  public String address() {
    return address;
  }

  /**
   * Reads a user that does not exist; returns what is wrong if the answer is not NOT_FOUND, or
   * empty.
   */
  public Optional<String> fault() {
    try {
      var unused =
          stub(TIMEOUT).getUser(GetUserRequest.newBuilder().setUsername("check-nobody").build());
      return Optional.empty();
    } catch (StatusRuntimeException failure) {
      Status status = failure.getStatus();
      return status.getCode() == Status.Code.NOT_FOUND
          ? Optional.empty()
          : Optional.of(status.getCode() + ", " + status.getDescription());
    }
  }

  /** Returns a stub for one call. */
  public AccountServiceBlockingStub stub(Duration deadline) {
    return AccountServiceGrpc.newBlockingStub(channel())
        .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Returns a stub for one call whose caller does not wait for it. */
  public AccountServiceStub asyncStub(Duration deadline) {
    return AccountServiceGrpc.newStub(channel())
        .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends the backoff of the connection, so that the next call connects at once. */
  public void resetBackoff() {
    channels.forEach(ManagedChannel::resetConnectBackoff);
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
