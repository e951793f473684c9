package accounts.client.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * How far an import has come: every line up to the mark is made or refused, and no later refusal is
 * in the report.
 *
 * @param importId of this import; the lines' request ids are made of it
 * @param address of the service that the lines are sent to
 * @param mark the position in the file
 * @param reportBytes the length of the report
 * @param made how many lines are made
 * @param refused how many lines are refused
 */
record Checkpoint(
    UUID importId, String address, FileMark mark, long reportBytes, long made, long refused) {

  private static final Gson GSON = new Gson();

  /** Returns the beginning of a new import. */
  static Checkpoint start(String address, FileMark beginning) {
    return new Checkpoint(UUID.randomUUID(), address, beginning, 0, 0, 0);
  }

  /** Returns this one after more lines. */
  Checkpoint after(FileMark next, int newlyMade, int newlyRefused) {
    return new Checkpoint(
        importId, address, next, reportBytes, made + newlyMade, refused + newlyRefused);
  }

  /** Returns this one with another length of the report. */
  Checkpoint withReport(long bytes) {
    return new Checkpoint(importId, address, mark, bytes, made, refused);
  }

  /**
   * Reads the file; empty if there is none.
   *
   * @throws IOException also if it is no checkpoint
   */
  static Optional<Checkpoint> load(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Checkpoint read = GSON.fromJson(Files.readString(file), Checkpoint.class);
      if (read == null || read.importId == null || read.address == null || read.mark == null) {
        throw new JsonParseException("fields are missing");
      }
      return Optional.of(read);
    } catch (JsonParseException e) {
      throw new IOException(file + ": not a checkpoint of an import", e);
    }
  }

  /** Replaces the file at once: whoever reads it finds this one or the one before. */
  void save(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer json =
          ByteBuffer.wrap((GSON.toJson(this) + "\n").getBytes(StandardCharsets.UTF_8));
      while (json.hasRemaining()) {
        out.write(json);
      }
      out.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
