package accounts.client.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/**
 * What an export has written.
 *
 * @param users all of them
 * @param suspended those of the users that are suspended
 * @param organizations all of them
 * @param memberships all of them, those of founders included
 * @param leftOut entities that are being deleted, or of which a part was not there when it was read
 * @param token from which a watch of everything has what was changed since the export began
 */
record ExportSummary(
    long users, long suspended, long organizations, long memberships, long leftOut, String token) {

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /** Returns it as a line of JSON. */
  String json() {
    return GSON.toJson(this);
  }

  /** Returns it for people, with the token in a line of its own. */
  String text() {
    return "%d users (%d suspended), %d organizations, %d memberships; %d left out%ntoken: %s"
        .formatted(users, suspended, organizations, memberships, leftOut, token);
  }
}
