package accounts.local.faults;

import io.grpc.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parses and formats rules as text: the fault, followed by settings, such as {@code late
 * rpc=Set,Delete client=b probability=0.1 delay=2s}.
 */
public final class RuleText {

  private RuleText() {}

  /**
   * Parses a rule.
   *
   * @throws IllegalArgumentException if it is not valid; the message says what was expected
   */
  public static Rule parse(String text) {
    List<String> words = Arrays.asList(text.strip().split("\\s+"));
    Rule rule = Rule.of(constant(Fault.class, words.get(0)));
    for (String word : words.subList(1, words.size())) {
      rule = with(rule, word);
    }
    return rule;
  }

  private static Rule with(Rule rule, String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    String value = equals < 0 ? "" : word.substring(equals + 1);
    return switch (name) {
      case "rpc" -> rule.rpcs(value.split(",", -1));
      case "client" -> rule.clients(value.split(",", -1));
      case "probability" -> rule.probability(Double.parseDouble(value));
      case "limit" -> rule.limit(Long.parseLong(value));
      case "delay" -> rule.delay(DurationText.parse(value), rule.jitter());
      case "jitter" -> rule.delay(rule.delay(), DurationText.parse(value));
      case "code" -> rule.status(constant(Status.Code.class, value), rule.cause());
      case "cause" -> rule.status(rule.code(), value);
      case "per-second" -> rule.perSecond(Integer.parseInt(value));
      default ->
          throw new IllegalArgumentException(
              name
                  + " (expected: rpc, client, probability, limit, delay, jitter, code, cause or"
                  + " per-second)");
    };
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                text + " (expected one of: " + names(type.getEnumConstants()) + ")"));
  }

  private static String names(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns a rule as text that {@link #parse} accepts, without settings that have their default
   * value.
   */
  public static String format(Rule rule) {
    Rule defaults = Rule.of(rule.fault());
    return Stream.of(
            rule.fault().text(),
            word("rpc", list(rule.rpcs()), list(defaults.rpcs())),
            word("client", list(rule.clients()), list(defaults.clients())),
            word("probability", rule.probability(), defaults.probability()),
            word("limit", rule.limit(), defaults.limit()),
            word("delay", DurationText.format(rule.delay()), "0ms"),
            word("jitter", DurationText.format(rule.jitter()), "0ms"),
            word("code", rule.code(), defaults.code()),
            word("cause", rule.cause(), defaults.cause()),
            word("per-second", rule.perSecond(), defaults.perSecond()))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String list(Iterable<String> names) {
    return String.join(",", names);
  }

  private static String word(String name, Object value, Object defaults) {
    return value.equals(defaults) ? "" : name + "=" + value;
  }
}
