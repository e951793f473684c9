package accounts.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes requests of any type of the contract, most fields well-formed, some at the edge of their
 * rule or beyond it. The same seed makes the same requests.
 */
final class GeneratedRequests {

  private static final String WORD =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  /** What rules about text differ in: separators, controls, marks, other scripts, outside BMP. */
  private static final List<String> ODD =
      List.of(
          " ",
          "#",
          "/",
          "\\",
          "'",
          "’",
          "\"",
          "!",
          ".",
          "_",
          "@",
          "+",
          "-",
          "--",
          "*",
          "%",
          "\t",
          "\n",
          "\r",
          "\u0000",
          "\u001F",
          "\u007F",
          "\u0080",
          "\u0085",
          "\u009F",
          "\u00A0",
          "\u00AD",
          "\u1680",
          "\u180E",
          "\u2000",
          "\u200B",
          "\u200D",
          "\u2028",
          "\u2029",
          "\u202F",
          "\u205F",
          "\u3000",
          "\uFEFF",
          "\uE000",
          "\uFFFD",
          "\uFFFF",
          "é",
          "e\u0301",
          "ß",
          "ẞ",
          "İ",
          "ı",
          "ſ",
          "\u212A",
          "Ł",
          "ÿ",
          "李",
          "Я",
          "٣",
          "Ⅷ",
          "𝔸",
          "\uD83D\uDE00",
          "\uDB40\uDC01");

  private final Random random;

  GeneratedRequests(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Returns a request.
   *
   * @param type an empty request of its type
   */
  Message next(Message type) {
    Message.Builder builder = type.newBuilderForType();
    for (FieldDescriptor field : type.getDescriptorForType().getFields()) {
      if (field.getRealContainingOneof() != null) {
        continue;
      }
      if (field.isRepeated()) {
        fill(builder, field);
      } else if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || !oneIn(12)) {
        builder.setField(field, value(builder, field));
      }
    }
    for (OneofDescriptor choice : type.getDescriptorForType().getRealOneofs()) {
      choose(builder, choice);
    }
    return builder.build();
  }

  private void choose(Message.Builder builder, OneofDescriptor choice) {
    if (!oneIn(12)) {
      FieldDescriptor field = choice.getField(random.nextInt(choice.getFieldCount()));
      builder.setField(field, value(builder, field));
    }
  }

  private void fill(Message.Builder builder, FieldDescriptor field) {
    int size = isMaskPaths(field) ? random.nextInt(4) : isOfLabels(field) ? labels() : batchSize();
    Set<Object> keys = new HashSet<>();
    for (int i = 0; i < size; i++) {
      Object value = value(builder, field);
      // Set by their descriptor, entries of a map are not yet merged: none has the key of another.
      if (!(value instanceof MapEntry<?, ?> entry) || keys.add(entry.getKey())) {
        builder.addRepeatedField(field, value);
      }
    }
  }

  private static boolean isOfLabels(FieldDescriptor field) {
    return field.isMapField() || field.getName().equals("remove_labels");
  }

  private int labels() {
    return oneIn(12) ? pick(31, 32, 33, 40, 101) : random.nextInt(4);
  }

  private int batchSize() {
    return oneIn(12) ? pick(0, 99, 100, 101, 150) : 1 + random.nextInt(4);
  }

  private static boolean isMaskPaths(FieldDescriptor field) {
    return field.getFullName().equals("google.protobuf.FieldMask.paths");
  }

  private Object value(Message.Builder parent, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE ->
          field.getMessageType().equals(Duration.getDescriptor())
              ? duration()
              : next(parent.newBuilderForField(field).build());
      case STRING -> isMaskPaths(field) ? path() : text(field.getName());
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(enumNumber());
      case LONG -> number();
      case INT -> (int) number();
      case BOOLEAN -> !oneIn(4);
      default -> throw new AssertionError("no generator for " + field.getFullName());
    };
  }

  /** At the edges of the only rule for one: 1 s to 30 days. */
  private Duration duration() {
    long seconds = oneIn(8) ? pick(-1L, 0L, 2_591_999L, 2_592_000L) : 1 + random.nextInt(100_000);
    return Duration.newBuilder()
        .setSeconds(seconds)
        .setNanos(oneIn(2) ? pick(0, 1, 999_999_999) : 0)
        .build();
  }

  private String path() {
    return oneIn(8)
        ? pick("*", "username", "", "first_name ", "First_name", "user.first_name", "revision")
        : pick("first_name", "last_name");
  }

  private int enumNumber() {
    return oneIn(10)
        ? pick(-1, 0, 4, 99, Integer.MIN_VALUE, Integer.MAX_VALUE)
        : 1 + random.nextInt(3);
  }

  private long number() {
    return oneIn(10)
        ? pick(-1L, (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE, Long.MIN_VALUE)
        : random.nextInt(2000);
  }

  private String text(String field) {
    return switch (field) {
      case "username",
          "usernames",
          "member_username",
          "founding_user",
          "adding_user",
          "acting_user",
          "owner" ->
          oneIn(14) ? odd(this::username, 128) : username();
      case "deleting_user" -> oneIn(3) ? "" : oneIn(14) ? odd(this::username, 128) : username();
      case "first_name", "last_name", "organization_name", "display_name" ->
          oneIn(6) ? odd(this::name, 100) : name();
      case "username_prefix" -> oneIn(3) ? "" : oneIn(8) ? odd(this::username, 128) : username();
      case "organization_name_prefix" ->
          oneIn(3) ? "" : oneIn(2) ? slugs() : oneIn(8) ? odd(this::name, 100) : name();
      case "label" -> oneIn(2) ? "" : oneIn(8) ? odd(this::label, 127) : label();
      case "key", "remove_labels" -> oneIn(40) ? odd(this::labelKey, 63) : labelKey();
      case "value" -> oneIn(40) ? odd(this::labelValue, 63) : labelValue();
      case "request_id" -> oneIn(3) ? "" : oneIn(8) ? odd(this::uuid, 36) : uuid();
      case "uid", "expected_uid", "user_uid", "organization_uid" ->
          oneIn(2) ? "" : oneIn(8) ? odd(this::uuid, 36) : uuid();
      case "page_token", "token" ->
          oneIn(2) ? "" : oneIn(8) ? word(pick(2048, 8192) + random.nextInt(3)) : word(20);
      default -> throw new AssertionError("no generator for " + field);
    };
  }

  private String username() {
    int length = oneIn(10) ? pick(1, 127, 128) : 1 + random.nextInt(12);
    return word(length);
  }

  private String label() {
    return labelKey() + "=" + labelValue();
  }

  private String labelKey() {
    return pick("a", "z", "team", "billing.plan", "a-b_c.")
        + labelValue().replaceAll("^.{0,13}", "");
  }

  private String labelValue() {
    int length = oneIn(10) ? pick(0, 62, 63) : 16 + random.nextInt(12);
    return word(length).toLowerCase(java.util.Locale.ROOT);
  }

  private String name() {
    return switch (random.nextInt(8)) {
      case 0 -> word(1) + pick(" ", "'", "’", "\u00A0", "#", "/", "-") + word(4);
      case 1 -> word(pick(1, 99, 100));
      case 2 -> pick("李", "Straße", "Olivia's Org", "𝔸", "ß", "!!!", "é");
      case 3 -> pick("𝔸", "ß", "é", "#").repeat(pick(50, 51, 99, 100));
      default -> word(1 + random.nextInt(12));
    };
  }

  private String slugs() {
    return word(1 + random.nextInt(6)).toLowerCase(java.util.Locale.ROOT)
        + pick("", "-", "--", "-a", "_", "a".repeat(pick(92, 93, 99)));
  }

  private String uuid() {
    String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
    return oneIn(3) ? uuid.toUpperCase(java.util.Locale.ROOT) : uuid;
  }

  /** Returns a value that is likely, not certain, to break its rule. */
  private String odd(Supplier<String> wellFormed, int maxLength) {
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> word(maxLength + pick(-1, 0, 1, 2, 1000));
      case 2 -> pick("𝔸", "é", "李").repeat(maxLength + pick(-1, 0, 1));
      case 3 -> inserted(wellFormed.get(), Character.toString(codePoint()));
      case 4 -> pick(ODD);
      default -> inserted(wellFormed.get(), pick(ODD));
    };
  }

  private String inserted(String text, String odd) {
    int end = text.length();
    int count = text.codePointCount(0, end);
    int at = text.offsetByCodePoints(0, pick(0, Math.min(1, count), count));
    return text.substring(0, at) + odd + text.substring(at);
  }

  /** Any but a surrogate, which no string of the contract can hold. */
  private int codePoint() {
    int c = random.nextInt(oneIn(2) ? 0x3000 : Character.MAX_CODE_POINT + 1);
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? ' ' : c;
  }

  private String word(int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(WORD.charAt(random.nextInt(WORD.length())));
    }
    return word.toString();
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
