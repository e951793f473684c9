package accounts.bench.freshness;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One instance of the service, asked directly: no balancing, no retries. */
public final class Instance implements AutoCloseable {

  private final String name;
  private final ManagedChannel channel;

  private Instance(String name, ManagedChannel channel) {
    this.name = name;
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
        name, NettyChannelBuilder.forTarget(address).usePlaintext().disableRetry().build());
  }

  /** Returns what people call it. */
  public String name() {
    return name;
  }

  /** Returns a stub for one call. */
  public AccountServiceBlockingStub stub(Duration deadline) {
    return AccountServiceGrpc.newBlockingStub(channel)
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
