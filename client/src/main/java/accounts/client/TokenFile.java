package accounts.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A token in a file that somebody replaces before it expires, as Kubernetes does. Where it cannot
 * be read, or is empty or no token, as while it is replaced, the last one is used, which expires by
 * itself; there must be one at the first call.
 */
final class TokenFile implements Supplier<String> {

  /** What a bearer token is: RFC 6750, section 2.1. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

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
    if (token.isEmpty()) {
      token = first();
      readAt = now;
    } else if (now - readAt >= KEPT.toNanos()) {
      token = latest();
      readAt = now;
    }
    return token;
  }

  private String first() {
    try {
      String first = read();
      if (first.isEmpty()) {
        throw new IllegalStateException("%s is empty (expected: a token)".formatted(file));
      }
      if (!isToken(first)) { // which is not shown: a part of it may be one
        throw new IllegalStateException(
            "%s has more than a token, or none (expected: one word of letters, digits, '-', '.', '_', '~', '+', '/' and '=')"
                .formatted(file));
      }
      return first;
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read (expected: a token)".formatted(file), e);
    }
  }

  private String latest() {
    try {
      String latest = read();
      return isToken(latest) ? latest : token;
    } catch (IOException e) {
      return token;
    }
  }

  private static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  private String read() throws IOException {
    return Files.readString(file).strip();
  }
}
