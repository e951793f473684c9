package accounts.grpc;

import accounts.domain.InvalidValueException;
import accounts.watch.FeedPositions;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * The token of a watch: how far it has got in each partition of the feed, bound to its subject. As
 * opaque as a {@link PageToken}, of which it is one.
 *
 * @param table a short name of the table whose feed it is: in one that was restored, the same
 *     positions have other changes
 */
record WatchToken(String table, FeedPositions reached) {

  /** Another number of partitions, or another feed, takes another version. */
  private static final String VERSION = "1";

  private static final Pattern TEXT = Pattern.compile(VERSION + " [0-9a-f]{8}( \\d{1,18})+");
  private static final String EXPECTED =
      "empty, or token of a response of a watch of the same subject";

  /** Returns the short name of a table. */
  static String nameOf(String tableId) {
    CRC32 hash = new CRC32();
    hash.update(tableId.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(hash.getValue());
  }

  /**
   * Returns the token's text.
   *
   * @param subject the request without its token
   */
  String text(Message subject) {
    return PageToken.after(
        reached.values().stream()
            .map(position -> " " + position)
            .collect(Collectors.joining("", VERSION + " " + table, "")),
        subject);
  }

  /**
   * Reads a token; empty for an empty one.
   *
   * @param partitions how many positions there must be
   * @throws InvalidValueException if it is not one of this subject
   */
  static Optional<WatchToken> read(String token, Message subject, int partitions) {
    return PageToken.text(token, subject, EXPECTED).map(text -> read(token, text, partitions));
  }

  private static WatchToken read(String token, String text, int partitions) {
    if (!TEXT.matcher(text).matches()) {
      throw new InvalidValueException(token, EXPECTED);
    }
    String[] parts = text.split(" ", -1);
    FeedPositions positions =
        new FeedPositions(Arrays.stream(parts).skip(2).map(Long::parseLong).toList());
    if (positions.values().size() != partitions) {
      throw new InvalidValueException(token, EXPECTED);
    }
    return new WatchToken(parts[1], positions);
  }
}
