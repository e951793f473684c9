package accounts.k8s;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rule that ports have names that the API server accepts (RFC 6335 for containers, RFC 1123 for
 * Services).
 */
final class PortNames implements Rule {

  private static final Pattern OF_CONTAINER =
      Pattern.compile("(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern OF_SERVICE =
      Pattern.compile("(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return Stream.concat(
        bundle.pods().flatMap(Pod::ports).flatMap(port -> ofContainer(port.at("name"))),
        bundle.ofKind("Service").flatMap(PortNames::ofService));
  }

  private static Stream<Fault> ofContainer(ManifestField name) {
    return !name.exists() || OF_CONTAINER.matcher(name.text()).matches()
        ? Stream.empty()
        : Stream.of(name.fault("at most 15 of a-z, 0-9 and single -, one letter among them"));
  }

  private static Stream<Fault> ofService(Manifest service) {
    ManifestField ports = service.root().at("spec");
    boolean one = ports.each("ports").count() == 1;
    return ports.each("ports").flatMap(port -> ofService(port.at("name"), one));
  }

  private static Stream<Fault> ofService(ManifestField name, boolean only) {
    return (only && !name.exists()) || OF_SERVICE.matcher(name.text()).matches()
        ? Stream.empty()
        : Stream.of(name.fault("at most 63 of a-z, 0-9 and -, not at an end"));
  }
}
