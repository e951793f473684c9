package accounts.client.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder {@code FILE.parts} beside the file of an export, where it is put together; deleted at
 * its end. What an export left there that was killed is deleted first.
 */
record ExportFolder(Path path) implements AutoCloseable {

  /** The names that an export's own files have; others are not deleted, and refuse the folder. */
  private static final String PARTS = "{sorted*.part,export*.jsonl}";

  static ExportFolder open(Path file) throws IOException {
    ExportFolder folder =
        new ExportFolder(file.toAbsolutePath().resolveSibling(file.getFileName() + ".parts"));
    folder.close();
    Files.createDirectory(folder.path());
    return folder;
  }

  @Override
  public void close() throws IOException {
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> parts = Files.newDirectoryStream(path, PARTS)) {
        for (Path part : parts) {
          Files.delete(part);
        }
      }
      Files.delete(path);
    }
  }
}
