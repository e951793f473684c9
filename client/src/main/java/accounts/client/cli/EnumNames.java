package accounts.client.cli;

import accounts.v1.Consistency;
import accounts.v1.Role;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The contract's enums as words of the command line: lower case, without prefix; the completion
 * script offers them.
 */
abstract class Words<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

  private final Class<E> type;
  private final String prefix;
  private final List<String> words;

  private Words(Class<E> type, String prefix, String... words) {
    this.type = type;
    this.prefix = prefix;
    this.words = List.of(words);
  }

  @Override
  public E convert(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      throw new TypeConversionException(
          "'" + text + "' (expected: " + String.join(", ", words) + ")");
    }
    return Enum.valueOf(type, prefix + word.toUpperCase(Locale.ROOT));
  }

  @Override
  public Iterator<String> iterator() {
    return words.iterator();
  }

  static final class Roles extends Words<Role> {
    Roles() {
      super(Role.class, "ROLE_", "owner", "admin", "member");
    }
  }

  static final class Consistencies extends Words<Consistency> {
    Consistencies() {
      super(Consistency.class, "CONSISTENCY_", "fresh", "bounded", "store");
    }
  }
}
