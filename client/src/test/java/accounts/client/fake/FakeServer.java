package accounts.client.fake;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension with a {@link FakeAccounts} behind a {@link Script} on a free loopback port,
 * new for each test.
 */
public final class FakeServer implements BeforeEachCallback, AfterEachCallback {

  private final FakeAccounts accounts = new FakeAccounts();
  private final Script script = new Script();
  private final Server server =
      NettyServerBuilder.forAddress(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              InsecureServerCredentials.create())
          .permitKeepAliveTime(10, TimeUnit.SECONDS)
          .intercept(script)
          .addService(accounts)
          .build();

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
