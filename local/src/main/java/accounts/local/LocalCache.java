package accounts.local;

import accounts.local.momento.Momento;
import com.github.benmanes.caffeine.cache.Ticker;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cache that speaks Momento's protocol in plaintext, inside this JVM and in its memory: what the
 * SDK's {@code MomentoLocalProvider(host, port)} connects to.
 *
 * <p>It can be stopped and started again on the same port, as a service that goes down and comes
 * back: its caches are then still there, and empty.
 */
public final class LocalCache implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MAXIMUM_MESSAGE_BYTES = 32 * 1024 * 1024;

  private final String host;
  private final Momento momento;
  private int port;
  private @Nullable Server server;

  private LocalCache(Builder builder) {
    this.host = builder.host;
    this.port = builder.port;
    this.momento = new Momento(builder.maximumBytes, builder.maximumCaches, builder.ticker);
  }

  /** Starts one on 127.0.0.1 and a free port, without caches. */
  public static LocalCache start() {
    return builder().start();
  }

  /**
   * Starts one without caches.
   *
   * @param host the address to listen on
   * @param port the port, 0 for any that is free
   * @throws PortTakenException if somebody else listens there
   */
  public static LocalCache start(String host, int port) {
    return builder().host(host).port(port).start();
  }

  /** Returns a builder with the defaults of {@link #start()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the address it listens on. */
  public String host() {
    return host;
  }

  /** Returns the port it listens on, and will again after a restart. */
  public synchronized int port() {
    return port;
  }

  /** Returns {@code host:port}. */
  public String endpoint() {
    return host + ":" + port();
  }

  /** Creates a cache; does nothing if there is one of that name. */
  public void createCache(String name) {
    momento.createCache(name);
  }

  /** Empties a cache. */
  public void flush(String name) {
    momento.flush(name);
  }

  /** Listens again after {@link #stop()}; does nothing if it listens. */
  public synchronized void restart() {
    if (server == null) {
      server = listen();
      port = server.getPort();
    }
  }

  private Server listen() {
    NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(host, port));
    momento.services().forEach(builder::addService);
    try {
      return configured(builder).build().start();
    } catch (IOException e) {
      throw PortTakenException.explains(e)
          ? new PortTakenException(port, e)
          : new UncheckedIOException(e);
    }
  }

  /** Handlers never block, hence the direct executor; the SDKs ping often, hence the permission. */
  private static NettyServerBuilder configured(NettyServerBuilder builder) {
    return builder
        .directExecutor()
        .maxInboundMessageSize(MAXIMUM_MESSAGE_BYTES)
        .permitKeepAliveTime(100, TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  /**
   * Goes down: connections break, calls under way fail with UNAVAILABLE, everything held is lost.
   * Returns when the port is free. Does nothing if it is down.
   */
  public synchronized void stop() {
    if (server != null) {
      terminate(server);
      server = null;
      momento.flushAll();
    }
  }

  private static void terminate(Server server) {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Where a cache listens and how much it holds. Not for several threads. */
  public static final class Builder {

    private String host = LOOPBACK;
    private int port;
    private long maximumBytes = 256L * 1024 * 1024;
    private int maximumCaches = 100;
    private Ticker ticker = Ticker.systemTicker();

    private Builder() {}

    /** The address to listen on; 127.0.0.1 unless told. */
    public Builder host(String address) {
      this.host = address;
      return this;
    }

    /** The port to listen on; 0, the default, takes any that is free. */
    public Builder port(int number) {
      this.port = number;
      return this;
    }

    /** How much each cache may hold before it drops what was used least; 256 MiB unless told. */
    public Builder maximumBytes(long bytes) {
      this.maximumBytes = bytes;
      return this;
    }

    /** How many caches there may be; 100 unless told. */
    public Builder maximumCaches(int number) {
      this.maximumCaches = number;
      return this;
    }

    /** Tells the time in nanoseconds by which items expire; the system's unless told. */
    public Builder ticker(Ticker source) {
      this.ticker = source;
      return this;
    }

    /** Starts the cache; see {@link LocalCache#start(String, int)}. */
    public LocalCache start() {
      LocalCache cache = new LocalCache(this);
      cache.restart();
      return cache;
    }
  }
}
