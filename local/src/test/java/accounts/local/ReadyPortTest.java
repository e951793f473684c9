package accounts.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class ReadyPortTest {

  private final BackendOptions options = options();
  @AutoClose private final LocalDynamoDb dynamoDb = LocalDynamoDb.start();
  @AutoClose private final LocalCache cache = LocalCache.start();
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  @AutoClose
  private final ReadyPort ready = ReadyPort.start(new RunningBackends(dynamoDb, cache, options), 0);

  private static BackendOptions options() {
    BackendOptions options = new BackendOptions();
    options.host = "127.0.0.1";
    options.table = "accounts";
    options.cache = "accounts";
    return options;
  }

  @Test
  void ready_portsOpenButNoTable_isNot() throws Exception {
    cache.createCache(options.cache);

    assertThat(ask()).startsWith("503 not ready: ").contains("non-existent table");
  }

  @Test
  void ready_noCache_isNot() throws Exception {
    dynamoDb.createTable(options.table);

    assertThat(ask()).startsWith("503 not ready: NOT_FOUND");
  }

  @Test
  void ready_bothAnswer_isUntilTheCacheStops() throws Exception {
    dynamoDb.createTable(options.table);
    cache.createCache(options.cache);
    assertThat(ask()).isEqualTo("200 ready\n");

    cache.stop();

    assertThat(ask()).startsWith("503 not ready: UNAVAILABLE");
  }

  private String ask() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + ready.port() + "/ready");
    var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }
}
