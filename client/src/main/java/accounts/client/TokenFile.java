package accounts.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A token in a file that somebody replaces before it expires, as Kubernetes does. */
final class TokenFile implements Supplier<String> {

  private static final Duration KEPT = Duration.ofSeconds(10);

  private final Path file;
  private final LongSupplier nanoTime;
  private String token = ""; // guarded by this
  private long read; // guarded by this

  TokenFile(Path file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized String get() {
    long now = nanoTime.getAsLong();
    if (token.isEmpty() || now - read >= KEPT.toNanos()) {
      try {
        token = Files.readString(file).strip();
        read = now;
      } catch (IOException e) {
        throw new UncheckedIOException("%s cannot be read".formatted(file), e);
      }
    }
    return token;
  }
}
