package accounts.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds variables that look like settings and are none. They are no fault: an older version that is
 * rolled back to knows fewer names.
 */
final class UnknownNames {

  private static final String PREFIX = "ACCOUNTS_";

  /** Of the client command, which people run in the same shell. */
  private static final Set<String> CLIENT =
      Set.of("ACCOUNTS_ADDRESS", "ACCOUNTS_CA", "ACCOUNTS_TOKEN_FILE");

  /** What Kubernetes adds to pods for each Service; for one that is called accounts, too. */
  private static final Pattern OF_A_SERVICE =
      Pattern.compile(
          "ACCOUNTS(_[A-Z0-9_]+)?_(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)"
              + "|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  private UnknownNames() {}

  /**
   * Returns a line for each name among the variables, in order, with the known name that is nearest
   * to it; without values, which may be secrets.
   */
  static List<String> in(Map<String, String> variables, Collection<String> known) {
    Predicate<String> isKnown = known::contains;
    return variables.keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .filter(isKnown.or(CLIENT::contains).or(name -> isOfAService(name, variables)).negate())
        .sorted()
        .map(name ->
            "%s: no such setting, ignored (nearest: %s)".formatted(name, nearest(name, known)))
        .toList();
  }

  /** A Service's own {@code …_PORT} is an address, like {@code tcp://10.0.0.1:50051}. */
  private static boolean isOfAService(String name, Map<String, String> variables) {
    return OF_A_SERVICE.matcher(name).matches()
        || (name.endsWith("_PORT") && variables.getOrDefault(name, "").contains("://"));
  }

  private static String nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(other -> other.startsWith(PREFIX))
        .min(Comparator.comparingInt(other -> distance(name, other)))
        .orElse("none");
  }

  /** Levenshtein's: how many letters to insert, delete or replace. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
