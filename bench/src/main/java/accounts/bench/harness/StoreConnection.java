package accounts.bench.harness;

import accounts.bench.harness.StoreFaults.Active;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** One proxied connection from an instance to DynamoDB; the AWS SDK sends one request at a time. */
final class StoreConnection {

  private static final byte[] THROTTLED = throttled();

  private final Socket caller;
  private final Socket store;
  private final StoreFaults faults;
  private final AtomicReference<Optional<Active>> next = new AtomicReference<>(Optional.empty());

  /** Whether a read is in flight and nothing of its answer has arrived yet. */
  private final AtomicBoolean reading = new AtomicBoolean();

  StoreConnection(Socket caller, Socket store, StoreFaults faults) {
    this.caller = caller;
    this.store = store;
    this.faults = faults;
  }

  private static byte[] throttled() {
    String body =
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
            + "\"message\":\"injected\"}";
    return "HTTP/1.1 400 Bad Request\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Starts to pass on requests and answers, until either side closes.
   *
   * @param ended is run when it has closed, perhaps twice
   */
  void start(Runnable ended) {
    Thread.ofVirtual().start(() -> pass(this::requests, ended));
    Thread.ofVirtual().start(() -> pass(this::answers, ended));
  }

  private interface Direction {
    void run() throws IOException, InterruptedException;
  }

  private void pass(Direction direction, Runnable ended) {
    try {
      direction.run();
    } catch (IOException e) {
      // One side has closed; the close below ends the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
      readEnds();
      ended.run();
    }
  }

  private void requests() throws IOException {
    InputStream in = new BufferedInputStream(caller.getInputStream());
    StoreRequest request = StoreRequest.read(in);
    while (request != null && passed(request)) {
      request = StoreRequest.read(in);
    }
  }

  /** Handles one request; returns false if the connection must break. */
  private boolean passed(StoreRequest request) throws IOException {
    Optional<Active> struck = faults.draw(request);
    StoreRule.Effect effect = struck.map(active -> active.rule().effect()).orElse(null);
    if (effect == StoreRule.Effect.CUT) {
      return false;
    }
    if (effect == StoreRule.Effect.THROTTLE) {
      caller.getOutputStream().write(THROTTLED);
      return true;
    }
    next.set(struck);
    if (request.isRead() && reading.compareAndSet(false, true)) {
      faults.readBegins();
    }
    request.writeTo(store.getOutputStream());
    return true;
  }

  private void answers() throws IOException, InterruptedException {
    InputStream in = store.getInputStream();
    OutputStream out = caller.getOutputStream();
    byte[] bytes = new byte[64 * 1024];
    for (int size = in.read(bytes); size >= 0; size = in.read(bytes)) {
      readEnds();
      Optional<Active> struck = next.getAndSet(Optional.empty());
      struck.ifPresent(Active::answered);
      if (struck.isPresent() && !delayed(struck.get().rule())) {
        return;
      }
      out.write(bytes, 0, size);
      out.flush();
    }
  }

  private void readEnds() {
    if (reading.compareAndSet(true, false)) {
      faults.readEnds();
    }
  }

  /** Delays an answer as its rule says; returns false if the answer must be lost. */
  private static boolean delayed(StoreRule rule) throws InterruptedException {
    long more = ThreadLocalRandom.current().nextLong(1 + rule.spread().toNanos());
    Thread.sleep(rule.delay().plusNanos(more));
    return rule.effect() != StoreRule.Effect.LOSE_ANSWER;
  }

  void close() {
    try (caller) {
      store.close();
    } catch (IOException e) {
      // Nothing is left to close.
    }
  }
}
