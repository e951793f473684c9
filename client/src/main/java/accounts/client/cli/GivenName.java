package accounts.client.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a name that may be left out, and not be empty: to the service, empty is left out. */
final class GivenName implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("'' (expected: a name; without the option it stays)");
    }
    return text;
  }
}
