package accounts.client.fake;

import accounts.v1.AccountServiceGrpc;
import io.grpc.Attributes;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerTransportFilter;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension with a {@link FakeAccounts} behind a {@link Script}, and the health service, on
 * a free loopback port, new for each test.
 */
public final class FakeServer implements BeforeEachCallback, AfterEachCallback {

  private final FakeAccounts accounts = new FakeAccounts();
  private final Script script = new Script();
  private final HealthStatusManager health = new HealthStatusManager();
  private final AtomicInteger connections = new AtomicInteger();
  private final Server server =
      NettyServerBuilder.forAddress(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              InsecureServerCredentials.create())
          .permitKeepAliveTime(10, TimeUnit.SECONDS)
          .addTransportFilter(
              new ServerTransportFilter() {
                @Override
                public Attributes transportReady(Attributes attributes) {
                  connections.incrementAndGet();
                  return attributes;
                }
              })
          .addService(ServerInterceptors.intercept(accounts, script))
          .addService(health.getHealthService())
          .build();

  /** Creates a server that reports that it takes calls. */
  public FakeServer() {
    serving(true);
  }

  /** Returns {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** Returns the script for the next calls. */
  public Script script() {
    return script;
  }

  /** Returns the fake service. */
  public FakeAccounts accounts() {
    return accounts;
  }

  /** Reports by the health service whether the server takes calls; it takes them in any case. */
  public void serving(boolean serving) {
    health.setStatus(
        AccountServiceGrpc.SERVICE_NAME,
        serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  /** Returns how many connections it has accepted so far. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    stop();
  }

  /** Starts to listen. */
  public void start() throws IOException {
    server.start();
  }

  /** Ends every call. */
  public void stop() throws InterruptedException {
    server.shutdownNow().awaitTermination();
  }
}
