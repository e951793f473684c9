package accounts.domain;

import com.github.slugify.Slugify;
import java.util.Locale;
import java.util.Map;

/** Turns display names into slugs. A slug is its own slug. */
final class Slug {

  // Latin letters that no Unicode decomposition takes apart, and apostrophes, which join rather
  // than part words.
  private static final Map<String, String> REPLACEMENTS =
      Map.ofEntries(
          Map.entry("'", ""),
          Map.entry("\u2019", ""),
          Map.entry("\u00df", "ss"),
          Map.entry("\u1e9e", "ss"),
          Map.entry("\u00e6", "ae"),
          Map.entry("\u00c6", "ae"),
          Map.entry("\u0153", "oe"),
          Map.entry("\u0152", "oe"),
          Map.entry("\u00f8", "o"),
          Map.entry("\u00d8", "o"),
          Map.entry("\u0142", "l"),
          Map.entry("\u0141", "l"),
          Map.entry("\u0111", "d"),
          Map.entry("\u0110", "d"),
          Map.entry("\u00fe", "th"),
          Map.entry("\u00de", "th"));

  // Root, not the machine's own: a slug is an identity and must be the same on every machine.
  private static final Slugify SLUGIFY =
      Slugify.builder().locale(Locale.ROOT).customReplacements(REPLACEMENTS).build();

  private Slug() {}

  /** Returns the slug of a display name; empty if nothing is left of it. */
  static String of(String displayName) {
    if (isSlug(displayName)) {
      return displayName;
    }
    String slug = SLUGIFY.slugify(displayName);
    return isSlug(slug) ? slug : "";
  }

  /**
   * Whether the value is words of {@code a-z 0-9 _} joined by single hyphens. Cheap: every read
   * passes here.
   */
  static boolean isSlug(String value) {
    boolean inWord = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean hyphen = c == '-';
      if (hyphen ? !inWord : !isWordCharacter(c)) {
        return false;
      }
      inWord = !hyphen;
    }
    return inWord;
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  }
}
