package accounts.bench.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The flags of the image's JVM, from {@code k8s/image/jvm.options}, which the build copies beside
 * this class.
 */
final class ImageFlags {

  private ImageFlags() {}

  /** Returns the flags that mean something outside the image: it has folders of its own. */
  static Stream<String> all() {
    return flags(read()).filter(flag -> !flag.contains("=/app/"));
  }

  /** Returns {@link #all()} but for the size of the heap. */
  static Stream<String> withoutHeap() {
    return all().filter(flag -> !flag.startsWith("-XX:MaxRAMPercentage="));
  }

  /** Returns the flags in a file of them. */
  static Stream<String> flags(String file) {
    return file.lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
  }

  private static String read() {
    try (InputStream file = ImageFlags.class.getResourceAsStream("jvm.options")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
