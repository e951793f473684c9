package accounts.k8s;

import java.util.stream.Stream;

/**
 * The rule that the JVM of a container is told how many processors to count on: by a limit, or by a
 * flag. With neither it would count all of the node's, and make threads for them.
 */
final class ProcessorCounts implements Rule {

  private static final String OPTIONS = "JDK_JAVA_OPTIONS";
  private static final String FLAG = "-XX:ActiveProcessorCount=";

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .containers()
        .filter(container -> !container.at("resources.limits.cpu").exists())
        .filter(container ->
            Settings.of(bundle, container)
                .noneMatch(setting ->
                    setting.name().equals(OPTIONS) && setting.value().text().contains(FLAG)))
        .map(container ->
            container
                .at("resources.limits.cpu")
                .fault("a limit, or %sN in %s".formatted(FLAG, OPTIONS)));
  }
}
