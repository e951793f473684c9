package accounts.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers with a JWK set that has no keys. */
final class NoKeys implements HttpHandler {

  private static final byte[] KEYS = "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8);

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, KEYS.length);
      exchange.getResponseBody().write(KEYS);
    }
  }
}
