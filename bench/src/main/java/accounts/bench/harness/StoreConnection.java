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

/** One connection from an instance to DynamoDB; the AWS SDK has one request on it at a time. */
final class StoreConnection {

  private static final byte[] THROTTLED = throttled();

  private final Socket caller;
  private final Socket store;
  private final StoreFaults faults;
  private final AtomicReference<Optional<Active>> next = new AtomicReference<>(Optional.empty());

  /** Whether a read is with DynamoDB, and nothing of its answer has come yet. */
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
   * Passes on what comes, until either side closes.
   *
   * @param ended is run then, perhaps twice
   */
  void start(Runnable ended) {
    Thread.ofVirtual().start(() -> pass(this::requests, ended));
    Thread.ofVirtual().start(() -> pass(this::answers, ended));
  }

  private interface Way {
    void go() throws IOException, InterruptedException;
  }

  private void pass(Way way, Runnable ended) {
    try {
      way.go();
    } catch (IOException e) {
      // One side is gone; the other is told by the close below.
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

  /** Passes a request on, or not; false if the connection is to break. */
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
      if (struck.isPresent() && !held(struck.get().rule())) {
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

  /** Holds an answer back as long as it is to be; false if it is to be lost. */
  private static boolean held(StoreRule rule) throws InterruptedException {
    long more = ThreadLocalRandom.current().nextLong(1 + rule.spread().toNanos());
    Thread.sleep(rule.delay().plusNanos(more));
    return rule.effect() != StoreRule.Effect.LOSE_ANSWER;
  }

  void close() {
    try (caller) {
      store.close();
    } catch (IOException e) {
      // Closed is closed.
    }
  }
}
