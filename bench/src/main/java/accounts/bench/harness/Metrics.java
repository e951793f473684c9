package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Predicate;

/** Reads the metrics of instances; counters start at 0 when an instance starts. */
final class Metrics {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private Metrics() {}

  /**
   * Returns the value of a counter.
   *
   * @param series its name with its labels
   */
  static long read(URI metrics, String series) throws InterruptedException {
    return sum(metrics, line -> line.startsWith(series + " "));
  }

  /**
   * Returns the sum of a counter over all its labels.
   *
   * @param name without labels
   */
  static long total(URI metrics, String name) throws InterruptedException {
    return sum(metrics, line -> line.startsWith(name + " ") || line.startsWith(name + "{"));
  }

  private static long sum(URI metrics, Predicate<String> isWanted) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(metrics).timeout(TIMEOUT).build();
      return client
          .send(request, BodyHandlers.ofString())
          .body()
          .lines()
          .filter(isWanted)
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
