package accounts.bench.freshness;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.AccountServiceGrpc.AccountServiceStub;
import accounts.v1.GetUserRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One instance of the service, asked directly: no balancing, no retries. */
public final class Instance implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final String address;
  private final ManagedChannel channel;

  private Instance(String name, String address, ManagedChannel channel) {
    this.name = name;
    this.address = address;
    this.channel = channel;
  }

  /**
   * Connects in plaintext.
   *
   * @param name what people are to call it
   * @param address {@code host:port}
   */
  public static Instance connect(String name, String address) {
    return new Instance(
        name,
        address,
        NettyChannelBuilder.forTarget(address).usePlaintext().disableRetry().build());
  }

  /** Returns what people call it. */
  public String name() {
    return name;
  }

  /** Returns where it was looked for. */
  public String address() {
    return address;
  }

  /** Asks for a user that there cannot be; returns what is wrong if that is not what it says. */
  public Optional<String> fault() {
    try {
      var unused =
          stub(PATIENCE).getUser(GetUserRequest.newBuilder().setUsername("check-nobody").build());
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
    return AccountServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Returns a stub for one call whose caller does not wait for it. */
  public AccountServiceStub asyncStub(Duration deadline) {
    return AccountServiceGrpc.newStub(channel)
        .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Has the next call connect at once where it waits to try again. */
  public void hurry() {
    channel.resetConnectBackoff();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
