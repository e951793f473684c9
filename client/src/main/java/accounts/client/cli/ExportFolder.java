package accounts.client.cli;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder {@code FILE.parts} beside the file of an export, where it is put together; deleted at
 * its end, also at that of the process by Ctrl-C or SIGTERM. What an export left there that was
 * killed otherwise is deleted first.
 */
final class ExportFolder implements AutoCloseable {

  /** The names that an export's own files have; others are not deleted, and refuse the folder. */
  private static final String PARTS = "{sorted*.part,export*.jsonl}";

  private static final int ATTEMPTS = 10;

  private final Path file;
  private final Path path;
  private final Thread atShutdown = new Thread(this::deleteAtShutdown, "export-cleanup");

  private ExportFolder(Path file) {
    this.file = file.toAbsolutePath();
    this.path = this.file.resolveSibling(file.getFileName() + ".parts");
  }

  static ExportFolder open(Path file) throws IOException {
    ExportFolder folder = new ExportFolder(file);
    folder.delete();
    try {
      Files.createDirectory(folder.path, forOwnerOnly(folder.path));
    } catch (NoSuchFileException e) {
      throw new IOException(
          file + ": no folder " + folder.file.getParent() + " (expected: one that exists)", e);
    }
    Runtime.getRuntime().addShutdownHook(folder.atShutdown);
    return folder;
  }

  private static FileAttribute<?>[] forOwnerOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  Path path() {
    return path;
  }

  /**
   * Gives the file its name, at once.
   *
   * @param written in this folder
   * @throws IOException also if there is a file of this name by now, which stays as it is
   */
  void publish(Path written) throws IOException {
    try {
      link(written);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + ": exists by now (expected: a new file)", e);
    }
  }

  private void link(Path written) throws IOException {
    try {
      Files.createLink(file, written); // unlike a rename it replaces nothing
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(written, file); // no links here: checks whether there is a file, then renames
    }
  }

  private void delete() throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(path, PARTS)) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
    Files.deleteIfExists(path);
  }

  /** The export goes on meanwhile, and may make another part in between. */
  private void deleteAtShutdown() {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        delete();
        return;
      } catch (DirectoryNotEmptyException e) {
        // it did; once more
      } catch (IOException e) {
        return; // nobody is left to be told; the next export deletes it
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      delete();
    } finally {
      forget();
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(atShutdown);
    } catch (IllegalStateException e) {
      // the process ends, and the hook runs
    }
  }
}
