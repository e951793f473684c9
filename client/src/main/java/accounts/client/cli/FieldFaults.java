package accounts.client.cli;

import build.buf.protovalidate.Violation;
import build.buf.validate.FieldPathElement;
import com.google.gson.JsonElement;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says what is wrong with a field of a line, as the service does: the field, its value, and what is
 * expected in the service's words. A test compares the two.
 */
final class FieldFaults {

  private static final String LABEL_KEY =
      "a key of 1-63 characters of a-z, 0-9, '_', '.' and '-', the first a letter";
  private static final String LABEL_VALUE =
      "a value of 0-63 characters of a-z, 0-9, '_', '.' and '-'";

  private FieldFaults() {}

  /** A field that the request does not have. */
  static Refusal.Field unknown(String name, JsonElement value, Descriptor request) {
    return fault(Shown.cut(name), Shown.json(value), "one of the fields " + fields(request));
  }

  /** A field that is there by both of its names. */
  static Refusal.Field repeated(FieldDescriptor field, JsonElement value) {
    return fault(
        field.getName(),
        Shown.json(value),
        "given once, as %s or %s".formatted(field.getName(), field.getJsonName()));
  }

  /** A value that the field cannot have, whatever the rules. */
  static Refusal.Field wrong(FieldDescriptor field, JsonElement value) {
    String expected =
        field.isMapField()
            ? "an object with a text for each key"
            : field.isRepeated() ? "an array of texts" : expected(field.getName());
    return fault(field.getName(), Shown.json(value), expected);
  }

  /** What a rule of the contract refuses. */
  static Refusal.Field broken(Violation violation, Message request) {
    build.buf.validate.Violation rule = violation.toProto();
    if (rule.getRuleId().equals("update_organization.something")) {
      return fault("display_name", "\"\"", "a name, or set_labels or remove_labels set");
    }
    if (rule.getField().getElementsCount() == 0) {
      return new Refusal.Field("(message)", rule.getMessage());
    }
    FieldPathElement element = rule.getField().getElements(0);
    String expected =
        switch (rule.getRuleId()) {
          case "map.max_pairs" ->
              "at most %s labels".formatted(violation.getRuleValue().getValue());
          case "repeated.max_items" ->
              "at most %s keys".formatted(violation.getRuleValue().getValue());
          default -> rule.getForKey() ? LABEL_KEY : expected(element.getFieldName());
        };
    return fault(path(element), shown(value(violation, element, request)), expected);
  }

  private static String path(FieldPathElement element) {
    return element.hasIndex()
        ? element.getFieldName() + "[" + element.getIndex() + "]"
        : element.getFieldName();
  }

  /**
   * Returns the value, with its key if it is a label's; a field that is missing has its default.
   */
  private static Object value(Violation violation, FieldPathElement element, Message request) {
    if (violation.getFieldValue() == null) {
      return request.getField(
          request.getDescriptorForType().findFieldByNumber(element.getFieldNumber()));
    }
    Object value = violation.getFieldValue().getValue();
    return element.hasStringKey() && !violation.toProto().getForKey()
        ? element.getStringKey() + "=" + value
        : value;
  }

  private static String shown(Object value) {
    if (value instanceof String text) {
      return Shown.quoted(text);
    }
    if (value instanceof EnumValueDescriptor constant) {
      return Integer.toString(constant.getNumber());
    }
    if (value instanceof Map<?, ?> map) {
      return Integer.toString(map.size());
    }
    return value instanceof List<?> list ? Integer.toString(list.size()) : value.toString();
  }

  private static String expected(String field) {
    return switch (field) {
      case "username", "founding_user", "member_username", "adding_user", "acting_user" ->
          "1-128 letters, digits, '.', '_', '@', '+' or '-', the first a letter or digit";
      case "first_name", "last_name", "organization_name", "display_name" ->
          "1-100 characters, no control characters, no space at either end";
      case "role" -> "1 (ROLE_OWNER), 2 (ROLE_ADMIN) or 3 (ROLE_MEMBER)";
      case "labels", "set_labels" -> LABEL_VALUE;
      case "remove_labels" -> LABEL_KEY;
      case "expected_revision" -> "a revision, 0 or more";
      case LineFields.REQUEST_ID -> "none, since the import makes one";
      default -> "a value that the contract allows";
    };
  }

  /** Returns the names of the fields that a line may have. */
  static String fields(Descriptor request) {
    return request.getFields().stream()
        .map(FieldDescriptor::getName)
        .filter(name -> !name.equals(LineFields.REQUEST_ID))
        .collect(Collectors.joining(", "));
  }

  private static Refusal.Field fault(String field, String value, String expected) {
    return new Refusal.Field(field, value + " (expected: " + expected + ")");
  }
}
