package accounts.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this library, written by the build. */
public final class Version {

  private Version() {}

  /** Returns the version, for example {@code 0.1.0}. */
  public static String get() {
    try (InputStream version = Version.class.getResourceAsStream("version")) {
      byte[] bytes = Objects.requireNonNull(version, "accounts/client/version").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
