package accounts.bench.simulation;

import accounts.bench.simulation.Call.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A trace from a file: a line for each call, in the order of time, {@code
 * seconds,instance,key,fresh|bounded|write}; seconds from the start with a decimal point, instances
 * from 0, keys any numbers from 1. Empty lines, and lines that begin with {@code #}, are skipped.
 */
final class FileTrace implements Trace, AutoCloseable {

  private static final String EXPECTED = "seconds,instance,key,fresh|bounded|write";

  private final BufferedReader lines;
  private final int instances;
  private long number;
  private long latest;

  /**
   * @param instances how many there are; a call of another is an error
   */
  FileTrace(BufferedReader lines, int instances) {
    this.lines = lines;
    this.instances = instances;
  }

  /** Opens a file. */
  static FileTrace open(Path file, int instances) {
    try {
      return new FileTrace(Files.newBufferedReader(file), instances);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException if a line is not as expected; the message says which
   */
  @Override
  public @Nullable Call next() {
    String line = line();
    while (line != null && (line.isBlank() || line.startsWith("#"))) {
      line = line();
    }
    return line == null ? null : parsed(line);
  }

  private @Nullable String line() {
    try {
      number++;
      return lines.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Call parsed(String line) {
    String[] fields = line.strip().split(",", -1);
    try {
      if (fields.length == 4) {
        Call call =
            new Call(
                Math.round(Double.parseDouble(fields[0]) * 1e9),
                Integer.parseInt(fields[1]),
                Long.parseLong(fields[2]),
                Kind.valueOf(fields[3].toUpperCase(Locale.ROOT)));
        if (isGood(call)) {
          latest = call.at();
          return call;
        }
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "line %d: %s (expected: %s, not before the line above, instance below %d, key above 0)"
            .formatted(number, line, EXPECTED, instances));
  }

  private boolean isGood(Call call) {
    return call.at() >= latest
        && call.instance() >= 0
        && call.instance() < instances
        && call.key() > 0;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
