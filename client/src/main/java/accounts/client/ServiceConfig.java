package accounts.client;

import accounts.v1.AccountServiceGrpc;
import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * The gRPC service config, which comes with the contract and is the same for callers in all
 * languages: calls are spread over the instances that are healthy by round robin, and retried on
 * UNAVAILABLE (gRFC A6). Reads change nothing and writes carry a request id, so both may be
 * repeated. Other codes are retried only when the service sends the delay ({@code
 * grpc-retry-pushback-ms}); so an overloaded service (RESOURCE_EXHAUSTED) gets no retries that it
 * did not ask for. When most calls fail, retries stop.
 */
final class ServiceConfig {

  private static final String FILE = "service_config.json";

  private ServiceConfig() {}

  static Map<String, ?> get() {
    try (InputStream file =
            Objects.requireNonNull(AccountServiceGrpc.class.getResourceAsStream(FILE), FILE);
        Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      return new Gson().fromJson(text, new TypeToken<Map<String, Object>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
