package accounts.store.dynamodb;

import accounts.domain.InvalidValueException;
import accounts.domain.Revision;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item that was read. Its getters name the item and the attribute if the table holds a malformed
 * value.
 */
record Item(Map<String, AttributeValue> attributes) {

  boolean isPresent() {
    return !attributes.isEmpty();
  }

  boolean has(String name) {
    return attributes.containsKey(name);
  }

  String text(String name) {
    String value = attribute(name).s();
    if (value == null) {
      throw fault(name, "a string");
    }
    return value;
  }

  long number(String name) {
    try {
      return Long.parseLong(String.valueOf(attribute(name).n()));
    } catch (NumberFormatException e) {
      throw fault(name, "a whole number");
    }
  }

  Revision revision(String name) {
    try {
      return new Revision(number(name));
    } catch (InvalidValueException e) {
      throw fault(name, "a revision, 0 or more");
    }
  }

  /**
   * Parses a text by a function that throws {@link IllegalArgumentException} if it is malformed.
   */
  <T> T value(String name, Function<String, T> type) {
    return value(name, text(name), type);
  }

  /**
   * As {@link #value(String, Function)}, of what an attribute holds that is no text.
   *
   * @param held what the attribute holds
   */
  <V, T> T value(String name, V held, Function<V, T> type) {
    try {
      return type.apply(held);
    } catch (IllegalArgumentException e) {
      throw fault(name, "a value of its type; " + e.getMessage());
    }
  }

  Instant time(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw fault(name, "a time like 2026-01-31T12:00:00.000Z");
    }
  }

  /** Returns a flag, which is not set where the attribute is missing. */
  boolean flag(String name) {
    if (!has(name)) {
      return false;
    }
    Boolean value = attribute(name).bool();
    if (value == null) {
      throw fault(name, "true or false");
    }
    return value;
  }

  byte[] bytes(String name) {
    if (attribute(name).b() == null) {
      throw fault(name, "bytes");
    }
    return attribute(name).b().asByteArray();
  }

  List<AttributeValue> list(String name) {
    if (!attribute(name).hasL()) {
      throw fault(name, "a list");
    }
    return attribute(name).l();
  }

  /** Returns a map of texts, which is empty where the attribute is missing. */
  Map<String, String> texts(String name) {
    if (!has(name)) {
      return Map.of();
    }
    if (!attribute(name).hasM()) {
      throw fault(name, "a map");
    }
    Map<String, String> texts = new HashMap<>();
    attribute(name)
        .m()
        .forEach((key, value) -> {
          if (value.s() == null) {
            throw fault(name, "a map of strings");
          }
          texts.put(key, value.s());
        });
    return texts;
  }

  private AttributeValue attribute(String name) {
    AttributeValue value = attributes.get(name);
    if (value == null) {
      throw fault(name, "an attribute");
    }
    return value;
  }

  IllegalStateException fault(String name, String expected) {
    return new IllegalStateException(
        "table item %s/%s: attribute %s is %s (expected: %s)"
            .formatted(
                attributes.get(ItemKeys.PK),
                attributes.get(ItemKeys.SK),
                name,
                attributes.get(name),
                expected));
  }
}
