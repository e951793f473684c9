package accounts.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A token in a file that somebody replaces before it expires, as Kubernetes does. Where it cannot
 * be read, or is empty, as while it is replaced, the last one is used, which expires by itself.
 */
final class TokenFile implements Supplier<String> {

  private static final Duration KEPT = Duration.ofSeconds(10);

  private final Path file;
  private final LongSupplier nanoTime;
  private String token = ""; // guarded by this
  private long readAt; // guarded by this

  TokenFile(Path file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized String get() {
    long now = nanoTime.getAsLong();
    if (token.isEmpty() || now - readAt >= KEPT.toNanos()) {
      String latest = read();
      token = latest.isEmpty() ? token : latest;
      readAt = now;
    }
    return token;
  }

  private String read() {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      if (token.isEmpty()) {
        throw new UncheckedIOException("%s cannot be read".formatted(file), e);
      }
      return token;
    }
  }
}
