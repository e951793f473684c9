package accounts.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
  private final URI store;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> sockets = Collections.synchronizedSet(new HashSet<>());
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CompletableFuture<Void> hungUp = new CompletableFuture<>();

  StoreGate(TestBackends backends) {
    store = backends.dynamoDb().endpoint();
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
    boolean isCalls = false;
    try (client;
        Socket upstream = new Socket()) {
      sockets.add(upstream);
      upstream.connect(new InetSocketAddress(store.getHost(), store.getPort()));
      threads.execute(() -> pump(upstream, client));
      InputStream in = client.getInputStream();
      Held held = new Held(upstream.getOutputStream());
      var unused = opened.thenRun(held::letThrough);
      byte[] bytes = new byte[8192];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        held.take(bytes, n);
        if (isOfACall(bytes, n)) {
          isCalls = true;
          asked.complete(null);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // Cut off: the same to us as an end in good order.
    }
    if (isCalls) {
      hungUp.complete(null);
    }
  }

  /** Not of the epochs, which the server reads all the time. */
  private static boolean isOfACall(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains("USER#");
  }

  /** What a connection has sent and the store has not received, in its order. */
  private static final class Held {

    private final OutputStream out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean isOpen;

    Held(OutputStream out) {
      this.out = out;
    }

    synchronized void take(byte[] some, int length) {
      bytes.write(some, 0, length);
      if (isOpen) {
        letThrough();
      }
    }

    synchronized void letThrough() {
      isOpen = true;
      try {
        bytes.writeTo(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      bytes.reset();
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Closed by the other direction.
    }
  }

  /** Waits until the server has asked the store for a user. */
  void awaitRequest() {
    asked.orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Waits until the server has given up a connection by which it had asked for a user. */
  void awaitHangUp() {
    hungUp.orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Lets through what waits and whatever comes. */
  void open() {
    opened.complete(null);
  }

  @Override
  public void close() {
    try {
      listening.close();
      synchronized (sockets) {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
