package accounts.telemetry;

import java.util.Map;
import java.util.stream.Stream;

/**
 * Which exporters the environment asks for. OpenTelemetry's SDK would export everything by default;
 * here nothing is exported unless a variable names an exporter or an endpoint.
 *
 * @param traces the name of an exporter, or {@code none}
 * @param metrics likewise
 */
record Exporters(String traces, String metrics) {

  private static final String NONE = "none";

  static Exporters of(Map<String, String> environment) {
    return environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")
        ? new Exporters(NONE, NONE)
        : new Exporters(exporter(environment, "TRACES"), exporter(environment, "METRICS"));
  }

  private static String exporter(Map<String, String> environment, String signal) {
    String named = environment.getOrDefault("OTEL_" + signal + "_EXPORTER", "").trim();
    if (!named.isEmpty()) {
      return named;
    }
    boolean hasEndpoint =
        Stream.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT")
            .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    return hasEndpoint ? "otlp" : NONE;
  }

  boolean exportsTraces() {
    return !traces.equals(NONE);
  }

  boolean exportsMetrics() {
    return !metrics.equals(NONE);
  }
}
