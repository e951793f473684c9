package accounts.k8s;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rule that the grace period of a pod covers its stop: the sleep of {@code preStop}, the time
 * in which the server still takes calls, the time for calls in flight, and what it takes to close.
 * The two settings are to be in the manifests, next to the numbers that they have to fit.
 */
final class GracePeriods implements Rule {

  private static final List<String> STEPS = List.of("ACCOUNTS_DRAIN", "ACCOUNTS_STOP_GRACE");

  /** By docs/operations.md. */
  private static final int CLOSING = 10;

  /** What Kubernetes takes if a pod says nothing. */
  private static final int DEFAULT = 30;

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .pods()
        .flatMap(pod ->
            pod.spec()
                .each("containers")
                .filter(container -> PreStopSleeps.of(container).exists())
                .flatMap(container -> check(bundle, pod, container)));
  }

  private static Stream<Fault> check(Bundle bundle, Pod pod, ManifestField container) {
    List<Settings.Setting> steps =
        Settings.of(bundle, container).filter(setting -> STEPS.contains(setting.name())).toList();
    List<String> missing =
        STEPS.stream()
            .filter(step -> steps.stream().noneMatch(setting -> setting.name().equals(step)))
            .toList();
    if (!missing.isEmpty()) {
      return Stream.of(
          container.at("name").fault("one with a value for " + String.join(", ", missing)));
    }
    long needed =
        PreStopSleeps.of(container).number(0)
            + CLOSING
            + steps.stream().mapToLong(setting -> seconds(setting.value().text())).sum();
    ManifestField grace = pod.spec().at("terminationGracePeriodSeconds");
    return grace.number(DEFAULT) >= needed
        ? Stream.empty()
        : Stream.of(
            grace.fault(
                "at least %d: preStop, ACCOUNTS_DRAIN, ACCOUNTS_STOP_GRACE and %d to close"
                    .formatted(needed, CLOSING)));
  }

  /** Reads a duration as the server does; what the server refuses counts as longer than any. */
  private static long seconds(String duration) {
    try {
      return Duration.parse("PT" + duration).toSeconds();
    } catch (java.time.format.DateTimeParseException e) {
      return Integer.MAX_VALUE;
    }
  }
}
