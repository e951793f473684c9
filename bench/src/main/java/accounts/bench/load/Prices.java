package accounts.bench.load;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What AWS and Momento charge: money for a million of each, unless said otherwise.
 *
 * @param gigabytes transferred from and to Momento; for one
 * @param getFactor how many operations a consistent get of a KiB counts
 * @param swapFactor how many a check-and-set counts
 */
public record Prices(
    double readUnits,
    double writeUnits,
    double streamReads,
    double operations,
    double gigabytes,
    double getFactor,
    double swapFactor) {

  /**
   * Reads prices from a file of properties.
   *
   * @throws IllegalArgumentException if one is missing or no number; the message says which
   */
  public static Prices read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(properties);
  }

  static Prices of(Properties properties) {
    return new Prices(
        number(properties, "dynamodb.read-units"),
        number(properties, "dynamodb.write-units"),
        number(properties, "dynamodb.stream-reads"),
        number(properties, "momento.operations"),
        number(properties, "momento.gigabytes"),
        number(properties, "momento.get-factor"),
        number(properties, "momento.swap-factor"));
  }

  private static double number(Properties properties, String name) {
    String value = properties.getProperty(name, "");
    try {
      double number = Double.parseDouble(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // said below
    }
    throw new IllegalArgumentException(
        "%s: %s (expected: a number, 0 or more)".formatted(name, value));
  }
}
