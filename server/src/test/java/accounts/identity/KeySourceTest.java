package accounts.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys behind a URL, fetched with a token from a file. */
final class KeySourceTest {

  @TempDir private Path folder;

  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private HttpServer issuer;

  @BeforeEach
  void listen() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/",
        exchange -> {
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          new NoKeys().handle(exchange);
        });
    issuer.start();
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
  }

  @Test
  void fetch_token_isSentWithoutTheSpaceAroundIt() throws Exception {
    assertThat(source(" to-ken.1~\n").fetch().isEmpty()).isTrue();
    assertThat(authorizations).containsExactly("Bearer to-ken.1~");
  }

  // The HTTP client's message about a header would show the token.
  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "top\nsecret", "top secret", "top\u0000secret", "topsecré"})
  void fetch_fileWithoutAToken_isRefusedAndNotShown(String content) throws IOException {
    KeySource source = source(content);

    assertThatThrownBy(source::fetch)
        .isInstanceOf(IOException.class)
        .hasNoCause()
        .hasMessageEndingWith("/token: no token (expected: one word of ASCII characters)")
        .hasMessageNotContaining("secr");
    assertThat(authorizations).isEmpty();
  }

  private KeySource source(String token) throws IOException {
    return new KeySource.Remote(
        URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys"),
        Optional.empty(),
        Optional.of(Files.writeString(folder.resolve("token"), token)));
  }
}
