package accounts.bench.harness;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * DynamoDB Local and the local cache in a process of their own, so that their processor time is not
 * counted as the server's.
 */
public final class BackendsProcess implements AutoCloseable {

  private static final String EXPORT = "export ";
  private static final String LAST = "ACCOUNTS_CACHE";
  private static final String FAULTS = "faults: ";
  private static final List<String> MAIN =
      List.of(
          "accounts.local.Backends",
          "--dynamodb-port",
          "0",
          "--cache-port",
          "0",
          "--admin-port",
          "0");

  private final Process process;
  private final Map<String, String> environment = new HashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private URI faults = URI.create("http://127.0.0.1/faults");

  private BackendsProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts both on free ports; returns when both listen.
   *
   * @param log where their errors go
   * @throws IllegalStateException if the process ends before that
   */
  public static BackendsProcess start(Path log) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      BackendsProcess backends = new BackendsProcess(builder(log).start());
      backends.readEnvironment(log);
      return backends;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder builder(Path log) {
    ServerCommand command = ServerCommand.optimized(MAIN).on(System.getProperty("java.class.path"));
    return new ProcessBuilder(command.line())
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  /** The process prints the environment variables for servers, and nothing after that. */
  private void readEnvironment(Path log) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    while (!environment.containsKey(LAST)) {
      String line = lines.readLine();
      if (line == null) {
        close();
        throw new IllegalStateException("the backends did not start; their output: " + log);
      }
      if (line.startsWith(FAULTS)) {
        faults = URI.create(line.substring(FAULTS.length()));
      } else if (line.startsWith(EXPORT)) {
        String[] variable = line.substring(EXPORT.length()).split("=", 2);
        environment.put(variable[0], variable[1]);
      }
    }
  }

  /** Returns the environment variables by which a server finds both. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /**
   * Evicts the items of the cache whose keys contain this text; returns at once.
   *
   * @param text a part of keys
   */
  public void forget(String text) {
    String path = "/forget/" + cacheName();
    HttpRequest request =
        HttpRequest.newBuilder(faults.resolve(path)).POST(BodyPublishers.ofString(text)).build();
    var unused = client.sendAsync(request, BodyHandlers.discarding());
  }

  /** Returns the name of the cache. */
  public String cacheName() {
    return environment.getOrDefault(LAST, "");
  }

  /**
   * Makes a call of the port that controls the cache ({@code local/README.md}), and waits for its
   * end.
   */
  public void control(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(faults.resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    int status = client.sendAsync(request, BodyHandlers.discarding()).join().statusCode();
    if (status != HttpURLConnection.HTTP_OK) {
      throw new IllegalStateException("%s %s %s: status %d".formatted(method, path, body, status));
    }
  }

  /** Returns the items in the calls that the cache has received so far, by method. */
  public Map<String, Long> cacheItems() {
    HttpRequest request = HttpRequest.newBuilder(faults.resolve("/items")).build();
    String json = client.sendAsync(request, BodyHandlers.ofString()).join().body();
    return new Gson().fromJson(json, new TypeToken<Map<String, Long>>() {});
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
