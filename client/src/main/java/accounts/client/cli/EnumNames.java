package accounts.client.cli;

import accounts.v1.Consistency;
import accounts.v1.Role;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The names of the contract's enums on the command line, in lower case and without prefix, also for
 * completion.
 */
abstract class EnumNames<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

  private final Class<E> type;
  private final String prefix;
  private final List<String> words;

  private EnumNames(Class<E> type, String prefix, String... words) {
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

  static final class Roles extends EnumNames<Role> {
    Roles() {
      super(Role.class, "ROLE_", "owner", "admin", "member");
    }
  }

  static final class Consistencies extends EnumNames<Consistency> {
    Consistencies() {
      super(Consistency.class, "CONSISTENCY_", "fresh", "bounded", "store");
    }
  }
}
