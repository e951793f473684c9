package accounts.k8s;

import java.util.stream.Stream;

/**
 * The rule that the JVM of a container is told how many processors to count on: by a limit, or by a
 * flag in its command. With neither it would count all of the node's, and make threads for them. A
 * variable for JVM flags does not do: the JVM prints a line about it among those of the log.
 */
final class ProcessorCounts implements Rule {

  private static final String FLAG = "-XX:ActiveProcessorCount=";

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .containers()
        .filter(container -> !container.at("resources.limits.cpu").exists())
        .filter(
            container -> container.each("command").noneMatch(word -> word.text().startsWith(FLAG)))
        .map(container ->
            container
                .at("resources.limits.cpu")
                .fault("a limit, or %sN in command".formatted(FLAG)));
  }
}
