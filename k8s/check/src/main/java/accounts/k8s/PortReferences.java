package accounts.k8s;

import java.util.Map;
import java.util.stream.Stream;

/** Services and network policies lead to ports that the pods they select have. */
final class PortReferences implements Rule {

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return Stream.concat(
        bundle.ofKind("Service").flatMap(service -> ofService(bundle, service)),
        bundle.ofKind("NetworkPolicy").flatMap(policy -> ofPolicy(bundle, policy)));
  }

  private static Stream<Fault> ofService(Bundle bundle, Manifest service) {
    Place spec = service.root().at("spec");
    return spec.each("ports")
        .map(port -> port.at("targetPort").exists() ? port.at("targetPort") : port.at("port"))
        .flatMap(target -> missing(bundle, spec.at("selector").labels(), target));
  }

  private static Stream<Fault> ofPolicy(Bundle bundle, Manifest policy) {
    Place spec = policy.root().at("spec");
    Map<String, String> selector = spec.at("podSelector.matchLabels").labels();
    return spec.each("ingress")
        .flatMap(ingress -> ingress.each("ports"))
        .map(port -> port.at("port"))
        .filter(Place::exists)
        .flatMap(target -> missing(bundle, selector, target));
  }

  private static Stream<Fault> missing(Bundle bundle, Map<String, String> selector, Place target) {
    boolean there =
        bundle.pods(selector).flatMap(Pod::ports).anyMatch(port -> Ports.match(port, target));
    return there ? Stream.empty() : Stream.of(target.fault("a port of the pods it selects"));
  }
}
