package accounts.k8s;

import java.util.stream.Stream;

/**
 * The rule that containers have a read-only root file system, which no Pod Security Standard
 * requires.
 */
final class ReadOnlyRoots implements Rule {

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .containers()
        .map(container -> container.at("securityContext.readOnlyRootFilesystem"))
        .filter(flag -> !flag.is(true))
        .map(flag -> flag.fault("true"));
  }
}
