package accounts.k8s;

import java.util.stream.Stream;

/** Our images run on a read-only root, which is not part of any Pod Security standard. */
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
