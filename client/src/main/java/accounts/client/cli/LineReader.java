package accounts.client.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a file in UTF-8, one at a time; of a line that is too long it keeps nothing,
 * so that memory is bounded whatever the file contains. For one thread.
 */
final class LineReader implements AutoCloseable {

  /** The longest line in bytes: several times the largest change. */
  static final int LIMIT = 16 * 1024;

  private final InputStream in;
  private final MessageDigest digest = sha256();
  private long number;
  private long position;

  LineReader(Path file) throws IOException {
    this.in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
  }

  /** Returns the next line, the last one also if nothing ends it; null at the end of the file. */
  @Nullable Line next() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(256);
    int length = 0;
    int read = in.read();
    if (read < 0) {
      return null;
    }
    for (; read >= 0 && read != '\n'; read = in.read()) {
      digest.update((byte) read);
      length++;
      if (length <= LIMIT) {
        text.write(read);
      }
    }
    position += length;
    if (read == '\n') {
      digest.update((byte) read);
      position++;
    }
    number++;
    return length > LIMIT
        ? new Line(mark(), "", "longer than " + LIMIT + " bytes")
        : line(text.toByteArray());
  }

  /** Returns the position after the last line. */
  FileMark mark() {
    try {
      MessageDigest soFar = (MessageDigest) digest.clone();
      return new FileMark(number, position, HexFormat.of().formatHex(soFar.digest()));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Line line(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Line(mark(), text, "");
    } catch (CharacterCodingException e) {
      return new Line(mark(), "", "not UTF-8");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
