package accounts.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.admin.AdminServer;
import accounts.admin.Liveness;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What probes see of threads that do nothing but traffic, or nothing at all. */
final class ProbesTest {

  /** What the kubelet waits for an answer: timeoutSeconds in k8s/base/deployment.yaml. */
  private static final int PROBE_MILLIS = 5_000;

  private final AtomicLong nanos = new AtomicLong();
  private final EventLoops loops = EventLoops.create();

  @AfterEach
  void stop() {
    loops.close();
  }

  // Traffic can do no more to these threads than to keep all of them from running anything else.
  @Test
  void live_allEventLoopsBlocked_answersInTimeAndSaysSoAfter30s() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Liveness ofLoops = new Liveness(loops.each(), nanos::get);
    try (AdminServer admin =
        AdminServer.start("127.0.0.1", 0, new PrometheusRegistry(), ofLoops::isLive, () -> true)) {
      loops.each().forEach(loop -> loop.execute(() -> await(release)));

      assertThat(get(admin, "/live")).isEqualTo("200 live");
      assertThat(get(admin, "/ready")).isEqualTo("200 ready");
      nanos.addAndGet(Duration.ofSeconds(31).toNanos());
      assertThat(get(admin, "/live")).isEqualTo("503 not live");
    } finally {
      release.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String get(AdminServer admin, String path) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + admin.port() + path).toURL().openConnection();
    connection.setConnectTimeout(PROBE_MILLIS);
    connection.setReadTimeout(PROBE_MILLIS);
    int code = connection.getResponseCode();
    try (InputStream body =
        code == 200 ? connection.getInputStream() : connection.getErrorStream()) {
      return code + " " + new String(body.readAllBytes(), UTF_8).strip();
    }
  }
}
