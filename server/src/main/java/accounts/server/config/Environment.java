package accounts.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads variables and collects all faults, so that they are reported together. Written by hand: see
 * {@code docs/adr/0004}.
 */
final class Environment {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private final Map<String, String> variables;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, String> effective = new LinkedHashMap<>();
  private final Map<String, String> changed = new LinkedHashMap<>();

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /**
   * Returns the variable's value as {@code reader} parses it; on a fault, records it and returns
   * the default.
   */
  private <T> T read(Variable variable, Function<String, Optional<T>> reader) {
    String value = text(variable);
    return reader
        .apply(value)
        .orElseGet(() -> {
          fault(variable, value);
          return reader.apply(variable.defaultValue()).orElseThrow();
        });
  }

  /** Returns the value as it is, trimmed; an empty one counts as not set. */
  String text(Variable variable) {
    String value = variables.getOrDefault(variable.name(), "").trim();
    String result = value.isEmpty() ? variable.defaultValue() : value;
    String shown = variable.secret() && !result.isEmpty() ? "***" : Shown.of(result);
    effective.put(variable.name(), shown);
    if (!result.equals(variable.defaultValue())) {
      changed.put(variable.name(), shown);
    }
    return result;
  }

  String matching(Variable variable, Pattern pattern) {
    return read(variable, value -> Optional.of(value).filter(v -> pattern.matcher(v).matches()));
  }

  /** Returns the path that is the value, which must be a readable file; empty if not set. */
  Optional<Path> file(Variable variable) {
    String value = text(variable);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Path path = Path.of(value);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      fault(variable, value);
      return Optional.empty();
    }
    return Optional.of(path);
  }

  int number(Variable variable, int min, int max) {
    return read(variable, value -> parsed(value, min, max));
  }

  private static Optional<Integer> parsed(String value, int min, int max) {
    return Optional.of(value)
        .filter(v -> v.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .filter(n -> n >= min && n <= max);
  }

  boolean flag(Variable variable) {
    return read(
        variable,
        value ->
            switch (value) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  Duration duration(Variable variable, Duration min, Duration max) {
    return read(
        variable,
        value -> parsed(value).filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0));
  }

  private static Optional<Duration> parsed(String value) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  /** Records a fault: name, value, expectation. */
  void fault(Variable variable, String value) {
    String shown = variable.secret() ? "***" : '"' + Shown.of(value) + '"';
    faults.add(
        "%s: %s (expected: %s)"
            .formatted(variable.name(), value.isEmpty() ? "not set" : shown, variable.expected()));
  }

  /**
   * Records a fault of which the variable's own expectation says too little.
   *
   * @param shown the value; of a file that the variable names, the place in it, with its value
   */
  void fault(Variable variable, String shown, String expected) {
    faults.add("%s: %s (expected: %s)".formatted(variable.name(), shown, expected));
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Returns all values by name, in the order in which they were read; secrets as {@code ***}. */
  Map<String, String> effective() {
    return new LinkedHashMap<>(effective);
  }

  /** Returns those of the {@link #effective} values that differ from their defaults. */
  Map<String, String> changed() {
    return new LinkedHashMap<>(changed);
  }
}
