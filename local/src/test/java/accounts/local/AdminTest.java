package accounts.local;

import static accounts.local.Sdk.CACHE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AdminTest {

  private final Sdk sdk = new Sdk();
  private final Admin admin = Admin.start(sdk.cache, 0);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    admin.close();
    sdk.close();
  }

  @Test
  void faults_addedListedRemoved_applyInBetween() throws Exception {
    assertThat(call("POST", "/faults", "error rpc=Get code=internal")).contains("\"id\":1");
    assertThat(sdk.get("k")).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(call("GET", "/faults", ""))
        .contains("\"error\":1")
        .contains("{\"id\":1,\"rule\":\"error rpc=Get code=INTERNAL\",\"injected\":1}");
    assertThat(call("DELETE", "/faults/1", "")).contains("true");
    assertThat(sdk.get("k")).isEqualTo("miss");
  }

  @Test
  void faults_malformed_saysWhatIsExpected() throws Exception {
    assertThat(call("POST", "/faults", "explode"))
        .contains("explode (expected one of: delay, drop");
    assertThat(call("POST", "/faults", "drop rpx=Get")).contains("rpx (expected: rpc");
    assertThat(call("POST", "/faults", "drop probability=2")).contains("expected: 0-1");
  }

  @Test
  void items_calls_areCountedByMethod() throws Exception {
    sdk.set("k", "v");
    assertThat(sdk.get("k")).isEqualTo("v");

    assertThat(call("GET", "/items", "")).contains("\"Get\":1,\"Set\":1");
  }

  @Test
  void flush_cacheWithItems_emptiesIt() throws Exception {
    sdk.set("k", "v");

    assertThat(call("POST", "/flush", CACHE)).contains("true");
    assertThat(sdk.get("k")).isEqualTo("miss");
    assertThat(call("POST", "/flush", "nowhere")).contains("Cache not found");
  }

  @Test
  void forget_partOfAKey_losesThoseItems() throws Exception {
    sdk.set("user/1", "v");
    sdk.set("organization/1", "v");

    assertThat(call("POST", "/forget/" + CACHE, "user/")).contains("\"forgotten\":1");
    assertThat(sdk.get("user/1")).isEqualTo("miss");
    assertThat(sdk.get("organization/1")).isEqualTo("v");
    assertThat(call("POST", "/forget/" + CACHE, "")).contains("expected: /forget/CACHE");
    assertThat(call("POST", "/forget/nowhere", "user/")).contains("Cache not found");
  }

  @Test
  void stop_thenRestart_cacheIsDownAndUpAgain() throws Exception {
    assertThat(call("POST", "/stop", "")).contains("true");
    assertThat(sdk.get("k")).isEqualTo("SERVER_UNAVAILABLE");
    assertThat(call("POST", "/restart", "")).contains("true");
  }

  @Test
  void doors_openedAndClosed_haveAnEndpoint() throws Exception {
    assertThat(call("POST", "/doors", "b")).contains("\"endpoint\":\"127.0.0.1:");
    assertThat(call("POST", "/doors/b/close", "")).contains("true");
    assertThat(call("POST", "/doors/c/close", "")).contains("client: c (expected: ");
  }

  private String call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + admin.endpoint() + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }
}
