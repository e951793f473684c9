package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy between one instance and DynamoDB, which counts requests and injects faults. */
public final class StoreProxy implements AutoCloseable {

  private static final int BACKLOG = 256;

  private final URI store;
  private final ServerSocket listener;
  private final StoreFaults faults = new StoreFaults();
  private final Set<StoreConnection> connections = ConcurrentHashMap.newKeySet();

  private StoreProxy(URI store, ServerSocket listener) {
    this.store = store;
    this.listener = listener;
  }

  /** Opens a proxy in front of {@code store}. */
  public static StoreProxy open(URI store) {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      StoreProxy proxy = new StoreProxy(store, new ServerSocket(0, BACKLOG, loopback));
      Thread.ofVirtual().name("store-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        // The proxy is closed or DynamoDB is unreachable: the instance sees its connection end.
      }
    }
  }

  private void serve(Socket caller) throws IOException {
    try {
      Socket target = new Socket(store.getHost(), store.getPort());
      // A request is sent in two writes; with Nagle's algorithm the second would take 40 ms longer.
      caller.setTcpNoDelay(true);
      target.setTcpNoDelay(true);
      StoreConnection connection = new StoreConnection(caller, target, faults);
      connections.add(connection);
      connection.start(() -> connections.remove(connection));
    } catch (IOException e) {
      caller.close();
      throw e;
    }
  }

  /** Returns the endpoint that the instance uses as DynamoDB's. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Returns the faults of this proxy. */
  public StoreFaults faults() {
    return faults;
  }

  @Override
  public void close() {
    try {
      listener.close();
      connections.forEach(StoreConnection::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
