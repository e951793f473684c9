package accounts.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The file with Momento's key, which may be replaced at any time. White space around the key is
 * ignored.
 */
public record KeyFile(Path path) {

  /** Many times the length of Momento's keys. */
  private static final int MOST_BYTES = 16 * 1024;

  /** What a header can carry. */
  private static final Pattern KEY = Pattern.compile("[!-~]+");

  /**
   * Reads the key as it is now; blocks for as long as the file system takes.
   *
   * @throws IOException if the file cannot be read, or holds anything but one word of printable
   *     ASCII characters; the message shows nothing of it
   */
  public String read() throws IOException {
    byte[] bytes;
    try (InputStream file = Files.newInputStream(path)) {
      bytes = file.readNBytes(MOST_BYTES + 1);
    }
    String key = new String(bytes, StandardCharsets.UTF_8).strip();
    if (bytes.length > MOST_BYTES) {
      throw new IOException("longer than %d bytes".formatted(MOST_BYTES));
    }
    if (!KEY.matcher(key).matches()) {
      throw new IOException(key.isEmpty() ? "empty" : "not one word of ASCII characters");
    }
    return key;
  }
}
