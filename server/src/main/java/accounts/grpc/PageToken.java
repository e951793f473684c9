package accounts.grpc;

import accounts.domain.InvalidValueException;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page token: where the next page of a list begins, bound to the list's query. Opaque to callers
 * but not secret: it reveals no more than the page before it, and the name of one that was deleted
 * while that was read.
 */
final class PageToken {

  private static final String EXPECTED = "empty, or next_page_token of a page of the same query";

  private static final char SEPARATOR = ' ';

  private PageToken() {}

  /**
   * Returns the token of the page after {@code last}.
   *
   * @param query the request without its token and page size
   */
  static String after(String last, Message query) {
    String text = Fingerprint.of(query) + SEPARATOR + last;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the last key of the page before; empty for the first page.
   *
   * @param key reads a key; throws {@link InvalidValueException} if it is malformed
   * @throws InvalidValueException if the token is not one of this query
   */
  static <K> Optional<K> read(String token, Message query, Function<String, K> key) {
    try {
      return text(token, query, EXPECTED).map(key);
    } catch (InvalidValueException e) {
      throw new InvalidValueException(token, EXPECTED);
    }
  }

  /**
   * Returns what a token holds beside its query; empty for an empty one.
   *
   * @param expected what the caller is told that the token must be
   * @throws InvalidValueException if the token is not one of this query
   */
  static Optional<String> text(String token, Message query, String expected) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    String text = decoded(token, expected);
    String prefix = Fingerprint.of(query) + SEPARATOR;
    if (!text.startsWith(prefix)) {
      throw new InvalidValueException(token, expected);
    }
    return Optional.of(text.substring(prefix.length()));
  }

  private static String decoded(String token, String expected) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(token, expected);
    }
  }
}
