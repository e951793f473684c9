package accounts.bench.harness;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One HTTP request to DynamoDB, as it was received. */
final class StoreRequest {

  private static final int LONGEST_HEAD = 64 * 1024;
  private static final int LONGEST_CONTENT = 32 * 1024 * 1024;
  private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "Query");
  private static final String TARGET = "x-amz-target:";
  private static final String LENGTH = "content-length:";

  private final byte[] head;
  private final byte[] content;

  private StoreRequest(byte[] head, byte[] content) {
    this.head = head;
    this.content = content;
  }

  /** Reads the next request; returns null at the end of the connection. */
  static @Nullable StoreRequest read(InputStream in) throws IOException {
    byte[] head = head(in);
    if (head.length == 0) {
      return null;
    }
    String length = header(head, LENGTH);
    int bytes = length.isEmpty() ? 0 : Integer.parseInt(length);
    if (bytes > LONGEST_CONTENT) {
      throw new IOException(
          "Content-Length: " + bytes + " (expected: at most " + LONGEST_CONTENT + ")");
    }
    return new StoreRequest(head, in.readNBytes(bytes));
  }

  private static byte[] head(InputStream in) throws IOException {
    byte[] bytes = new byte[LONGEST_HEAD];
    int size = 0;
    while (!endsHead(bytes, size)) {
      int next = in.read();
      if (next < 0 && size == 0) {
        return new byte[0];
      }
      if (next < 0 || size == LONGEST_HEAD) {
        throw new EOFException(
            "the connection ended in the head of a request, or the head is too long");
      }
      bytes[size++] = (byte) next;
    }
    return Arrays.copyOf(bytes, size);
  }

  private static boolean endsHead(byte[] bytes, int size) {
    return size >= 4
        && bytes[size - 1] == '\n'
        && bytes[size - 2] == '\r'
        && bytes[size - 3] == '\n'
        && bytes[size - 4] == '\r';
  }

  private static String header(byte[] head, String name) {
    return new String(head, StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElse("");
  }

  /** Returns the operation, such as {@code GetItem}. */
  String operation() {
    String target = header(head, TARGET);
    return target.substring(target.indexOf('.') + 1);
  }

  /** Returns whether this reads entities, for which an instance has a limit. */
  boolean isRead() {
    return READS.contains(operation())
        && !body().contains("\"EPOCHS\"")
        && !body().contains("FLEET#")
        && !body().contains("NOTICE#")
        && !body().contains("STREAM#");
  }

  /**
   * Returns how many read or write units DynamoDB counts for this request, if it reads consistently
   * and no item is larger than a KiB: twice as many for a transaction.
   */
  long units() {
    return switch (operation()) {
      case "TransactGetItems", "TransactWriteItems" -> 2 * count("\"TableName\"");
      case "BatchGetItem" -> count("\"PK\"");
      default -> 1;
    };
  }

  private long count(String text) {
    return Pattern.compile(text, Pattern.LITERAL).matcher(body()).results().count();
  }

  String body() {
    return new String(content, StandardCharsets.UTF_8);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(head);
    out.write(content);
    out.flush();
  }
}
