package accounts.local.momento;

import com.google.protobuf.ByteString;
import java.time.Duration;

/** The service's hard limits and what it says when one is passed. */
final class Limits {

  static final int ITEM_BYTES = 5 * 1024 * 1024;
  static final int ELEMENT_BYTES = 128 * 1024;
  static final int TOPIC_MESSAGE_BYTES = 4 * 1024;
  static final int NAME_LENGTH = 255;
  static final Duration TTL = Duration.ofHours(24);

  private Limits() {}

  static String cacheName(String name) {
    if (name.isBlank()) {
      throw Refusals.invalidArgument("Cache name must not be empty");
    }
    return name(name, "Cache");
  }

  static String topicName(String name) {
    if (name.isBlank()) {
      throw Refusals.invalidArgument("Topic name must not be empty");
    }
    return name(name, "Topic");
  }

  private static String name(String name, String what) {
    if (name.length() > NAME_LENGTH) {
      throw Refusals.invalidArgument(
          what + " name: " + name.length() + " characters (expected: 1-" + NAME_LENGTH + ")");
    }
    return name;
  }

  /** Checks a time to live that came over the wire as an unsigned number. */
  static Duration ttl(long milliseconds) {
    if (milliseconds == 0) {
      throw Refusals.invalidArgument("TTL must be positive");
    }
    if (Long.compareUnsigned(milliseconds, TTL.toMillis()) > 0) {
      throw Refusals.invalidArgument(
          "TTL: "
              + Long.toUnsignedString(milliseconds)
              + " ms (expected: 1-"
              + TTL.toMillis()
              + ")");
    }
    return Duration.ofMillis(milliseconds);
  }

  static void item(ByteString key, long bytes) {
    if (key.size() + bytes > ITEM_BYTES) {
      throw Refusals.limitExceeded(
          "item_size_limit_exceeded", "Item size exceeds " + ITEM_BYTES + " bytes");
    }
  }

  static void element(ByteString field, ByteString value) {
    if (field.size() + value.size() > ELEMENT_BYTES) {
      throw Refusals.limitExceeded(
          "element_size_limit_exceeded", "Element size exceeds " + ELEMENT_BYTES + " bytes");
    }
  }

  static void topicMessage(int bytes) {
    if (bytes > TOPIC_MESSAGE_BYTES) {
      throw Refusals.limitExceeded(
          "request_size_limit_exceeded", "Message exceeds " + TOPIC_MESSAGE_BYTES + " bytes");
    }
  }
}
