package accounts.bench.speed;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Calls of a server with plain HTTP/1.1. */
final class HttpCalls implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Answers are handled on the thread that reads them. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(Runnable::run).build();

  /**
   * Returns reads of users.
   *
   * @param address {@code host:port}
   * @param expected what an answer contains that is from where it should be
   */
  Call users(String address, List<String> usernames, String expected) {
    List<HttpRequest> requests =
        usernames.stream()
            .map(name -> URI.create("http://" + address + "/" + name))
            .map(uri -> HttpRequest.newBuilder(uri).timeout(TIMEOUT).build())
            .toList();
    return (number, ended) -> {
      HttpRequest request = requests.get(Math.floorMod(number, requests.size()));
      var unused =
          client
              .sendAsync(request, BodyHandlers.ofString())
              .whenComplete((answer, failure) ->
                  ended.ended(failure == null && answer.body().contains(expected)));
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
