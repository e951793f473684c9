package accounts.grpc;

import accounts.domain.InvalidValueException;
import accounts.watch.FeedPositions;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The token of a watch: how far it has got in each partition of the feed, bound to its subject. As
 * opaque as a {@link PageToken}, of which it is one.
 */
final class WatchToken {

  /** Another number of partitions, or another feed, takes another version. */
  private static final String VERSION = "1";

  private static final Pattern TEXT = Pattern.compile(VERSION + "( \\d{1,18})+");
  private static final String EXPECTED = "empty, or token of a response of a watch of the same";

  private WatchToken() {}

  /**
   * Returns the token.
   *
   * @param subject the request without its token
   */
  static String of(FeedPositions reached, Message subject) {
    return PageToken.after(
        reached.values().stream()
            .map(position -> " " + position)
            .collect(Collectors.joining("", VERSION, "")),
        subject);
  }

  /**
   * Returns the positions that a token holds; empty for an empty one.
   *
   * @param partitions how many positions there must be
   * @throws InvalidValueException if it is not one of this subject
   */
  static Optional<FeedPositions> read(String token, Message subject, int partitions) {
    return PageToken.read(token, subject).map(text -> positions(token, text, partitions));
  }

  private static FeedPositions positions(String token, String text, int partitions) {
    if (!TEXT.matcher(text).matches()) {
      throw new InvalidValueException(token, EXPECTED);
    }
    FeedPositions positions =
        new FeedPositions(Arrays.stream(text.split(" ", -1)).skip(1).map(Long::parseLong).toList());
    if (positions.values().size() != partitions) {
      throw new InvalidValueException(token, EXPECTED);
    }
    return positions;
  }
}
