package accounts.local.momento;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** The limits of the service and of this process, and the errors when one is exceeded. */
final class Limits {

  static final int ITEM_BYTES = 5 * 1024 * 1024;
  static final int ELEMENT_BYTES = 128 * 1024;
  static final int TOPIC_MESSAGE_BYTES = 4 * 1024;

  /** The size of any request, with room for the largest item and the rest of its message. */
  static final int REQUEST_BYTES = ITEM_BYTES + 4 * 1024;

  static final int NAME_LENGTH = 255;
  static final Duration TTL = Duration.ofHours(24);

  /** The number of topics in all caches; those without subscribers are dropped for new ones. */
  static final int TOPICS = 1000;

  /** The number of subscribers to all topics. */
  static final int SUBSCRIBERS = 1000;

  /** The bytes that may be queued for one slow subscriber. */
  static final int QUEUE_BYTES = 4 * 1024 * 1024;

  /** The number of messages that a topic keeps for subscribers that reconnect. */
  static final int KEPT_MESSAGES = 100;

  /** The time for which a topic without subscribers is kept. */
  static final Duration TOPIC_KEPT = Duration.ofMinutes(5);

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

  /** Checks a TTL that was received as an unsigned number. */
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
          "item_size_limit_exceeded",
          text("Item size", key.size() + bytes, "expected: at most ", ITEM_BYTES));
    }
  }

  static void element(ByteString field, ByteString value) {
    if (field.size() + value.size() > ELEMENT_BYTES) {
      throw Refusals.limitExceeded(
          "element_size_limit_exceeded",
          text("Element size", field.size() + value.size(), "expected: at most ", ELEMENT_BYTES));
    }
  }

  static void topicMessage(int bytes) {
    if (bytes > TOPIC_MESSAGE_BYTES) {
      throw Refusals.limitExceeded(
          "request_size_limit_exceeded",
          text("Message", bytes, "request limit: ", TOPIC_MESSAGE_BYTES));
    }
  }

  static StatusRuntimeException requestTooLarge(int bytes) {
    return Refusals.limitExceeded(
        "request_size_limit_exceeded", text("Request", bytes, "request limit: ", REQUEST_BYTES));
  }

  private static String text(String what, long bytes, String expectation, int limit) {
    return what + ": " + bytes + " bytes (" + expectation + limit + ")";
  }
}
