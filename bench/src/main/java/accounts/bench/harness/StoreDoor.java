package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of its own for one instance's way to DynamoDB: counts what passes, and loses or delays it.
 */
public final class StoreDoor implements AutoCloseable {

  private static final int BACKLOG = 256;

  private final URI store;
  private final ServerSocket listener;
  private final StoreFaults faults = new StoreFaults();
  private final Set<StoreConnection> connections = ConcurrentHashMap.newKeySet();

  private StoreDoor(URI store, ServerSocket listener) {
    this.store = store;
    this.listener = listener;
  }

  /** Opens one in front of {@code store}. */
  public static StoreDoor open(URI store) {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      StoreDoor door = new StoreDoor(store, new ServerSocket(0, BACKLOG, loopback));
      Thread.ofVirtual().name("store-door").start(door::accept);
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        // Closed, or DynamoDB is gone: the instance sees its connection end.
      }
    }
  }

  private void serve(Socket caller) throws IOException {
    try {
      Socket target = new Socket(store.getHost(), store.getPort());
      // A request is passed on in two pieces; held back, the second would take 40 ms longer.
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

  /** Returns what the instance is to take for DynamoDB. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Returns what goes wrong here. */
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
