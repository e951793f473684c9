package accounts.identity;

import java.util.Arrays;
import java.util.Optional;

/** A permission of a caller. */
public enum Scope {
  /** Read and list everything. */
  READ("accounts.read"),
  /** Change what the acting user may change. */
  WRITE("accounts.write"),
  /** Act as any user. */
  ACT_AS("accounts.act-as"),
  /** Read who changed what. */
  AUDIT("accounts.audit"),
  /** Suspend and resume users. */
  SUSPEND("accounts.suspend"),
  /** Delete and restore users and organizations. */
  DELETE("accounts.delete"),
  /** Follow changes, those of everything included. */
  WATCH("accounts.watch"),
  /** List users and organizations whose names one does not know. */
  LIST("accounts.list"),
  /** List all users, organizations and memberships. */
  EXPORT("accounts.export");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** Returns the scope's name in tokens and in configuration. */
  public String text() {
    return text;
  }

  /** Returns the scope of this name; empty if it is none of ours. */
  public static Optional<Scope> of(String text) {
    return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
  }
}
