package accounts.client.cli;

import accounts.client.AccountsException;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;

/**
 * A line of an import that was refused: an object of the report.
 *
 * @param line its number, from 1 on
 * @param reason a name of the contract's {@code ErrorReason}; {@code INVALID_LINE} for what is no
 *     request at all
 * @param fields that are at fault; may be empty
 * @param message for people
 */
record Refusal(long line, String reason, List<Field> fields, String message) implements ParsedLine {

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /** A field at fault, and what is wrong with it. */
  record Field(String field, String problem) {}

  /** Returns the service's refusal. */
  static Refusal of(long line, AccountsException e) {
    List<Field> fields =
        e.violations().stream().map(v -> new Field(v.field(), v.description())).toList();
    return new Refusal(line, e.reason().name(), fields, String.valueOf(e.getMessage()));
  }

  /** Returns it as a line of JSON. */
  String json() {
    return GSON.toJson(this);
  }
}
