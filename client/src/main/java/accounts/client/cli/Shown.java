package accounts.client.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Locale;

/** Values in messages, as the service shows them: long ones cut, control characters escaped. */
final class Shown {

  private static final int CHARACTERS = 60;

  private Shown() {}

  /** Returns a text in quotation marks. */
  static String quoted(String text) {
    return '"' + cut(text) + '"';
  }

  /** Returns JSON; a text in quotation marks. */
  static String json(JsonElement value) {
    return value instanceof JsonPrimitive text && text.isString()
        ? quoted(text.getAsString())
        : cut(value.toString());
  }

  /** Returns a text without quotation marks. */
  static String cut(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(CHARACTERS)
        .forEach(c -> {
          if (Character.isISOControl(c)) {
            shown.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            shown.appendCodePoint(c);
          }
        });
    return text.codePointCount(0, text.length()) > CHARACTERS
        ? shown.append('…').toString()
        : shown.toString();
  }
}
