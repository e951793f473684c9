package accounts.client.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The file with the refused lines of an import, in JSON lines, locked while it is open: one import
 * of a file at a time. For one thread.
 */
final class ImportReport implements AutoCloseable {

  private final Path path;
  private final FileChannel file;

  private ImportReport(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens the report, and makes it if there is none.
   *
   * @throws IOException also if another process has it
   */
  static ImportReport open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(file) == null) {
      file.close();
      throw new IOException(path + ": in use by another import");
    }
    return new ImportReport(path, file);
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Forgets everything after that length.
   *
   * @throws IOException also if the report is shorter
   */
  void cut(long length) throws IOException {
    if (file.size() < length) {
      throw new IOException(
          "%s: %d bytes (expected: %d, as when the import was ended; or no checkpoint beside it, and a new import)"
              .formatted(path, file.size(), length));
    }
    file.truncate(length).position(length);
  }

  void add(Refusal refusal) throws IOException {
    ByteBuffer line = ByteBuffer.wrap((refusal.json() + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      file.write(line);
    }
  }

  /** Makes sure that everything is on the disk, and returns the length. */
  long force() throws IOException {
    file.force(true);
    return file.position();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
