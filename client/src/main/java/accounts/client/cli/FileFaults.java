package accounts.client.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what is wrong with a file: several of the JDK's exceptions have only its name to say. */
final class FileFaults {

  private FileFaults() {}

  /** Returns a message with the file, where the exception names one. */
  static String message(IOException e) {
    return e instanceof FileSystemException fault && fault.getReason() == null
        ? fault.getFile() + ": " + reason(fault)
        : String.valueOf(e.getMessage());
  }

  private static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof DirectoryNotEmptyException
        ? "a folder that is not empty"
        : e.getClass().getSimpleName();
  }
}
