package accounts.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of an image that say how its process is started, laid out in a folder. */
final class ImageFiles {

  /** Where the image has its files; in the folder they are below its root. */
  private static final String APP = "/app";

  private final Path root;

  /**
   * @param root the folder, made by {@code k8s/image/unpack}
   */
  ImageFiles(Path root) {
    this.root = root.toAbsolutePath();
  }

  /** Returns the JVM. */
  Path java() {
    return root.resolve("opt/java/bin/java");
  }

  /** Returns the flags of the JVM. */
  Stream<String> flags() {
    return ImageFlags.flags(read("jvm.options")).map(this::below);
  }

  /** Returns the classpath. */
  String classpath() {
    return Stream.of(read("jib-classpath-file").strip().split(":"))
        .map(this::below)
        .collect(Collectors.joining(":"));
  }

  /** Returns the main class. */
  String main() {
    return read("jib-main-class-file").strip();
  }

  private String below(String text) {
    return text.replace(APP + "/", root + APP + "/");
  }

  private String read(String name) {
    try {
      return Files.readString(root.resolve("app").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
