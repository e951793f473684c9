package accounts.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands before DynamoDB Local and lets nothing through until it is opened: to the server, a store
 * that accepts and does not answer.
 */
final class StoreGate implements AutoCloseable {

  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> sockets = Collections.synchronizedSet(new HashSet<>());
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CompletableFuture<Void> hungUp = new CompletableFuture<>();

  StoreGate() {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  String endpoint() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        sockets.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed: the end of the test.
    }
  }

  private void serve(Socket client) {
    URI store = TestBackends.dynamoDb().endpoint();
    try (client;
        Socket upstream = new Socket()) {
      sockets.add(upstream);
      upstream.connect(new InetSocketAddress(store.getHost(), store.getPort()));
      threads.execute(() -> pump(upstream, client));
      InputStream in = client.getInputStream();
      OutputStream out = upstream.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        asked.complete(null);
        if (opened.isDone()) {
          out.write(bytes, 0, n);
        } else {
          byte[] held = java.util.Arrays.copyOf(bytes, n);
          var unused = opened.thenRun(() -> write(out, held));
        }
      }
    } catch (IOException e) {
      // Cut off: the same to us as an end in good order.
    }
    hungUp.complete(null);
  }

  private static void write(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Closed by the other direction.
    }
  }

  /** Waits until the server has asked the store for something. */
  void awaitRequest() {
    asked.orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Waits until the server has given up a connection. */
  void awaitHangUp() {
    hungUp.orTimeout(10, TimeUnit.SECONDS).join();
  }

  boolean isHungUp() {
    return hungUp.isDone();
  }

  /** Lets through what waits and whatever comes. */
  void open() {
    opened.complete(null);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    synchronized (sockets) {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    threads.shutdownNow();
  }
}
