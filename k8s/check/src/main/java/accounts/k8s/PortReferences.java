package accounts.k8s;

import java.util.Map;
import java.util.stream.Stream;

/** The rule that Services and network policies refer to ports of the pods that they select. */
final class PortReferences implements Rule {

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return Stream.concat(
        bundle.ofKind("Service").flatMap(service -> ofService(bundle, service)),
        bundle.ofKind("NetworkPolicy").flatMap(policy -> ofPolicy(bundle, policy)));
  }

  private static Stream<Fault> ofService(Bundle bundle, Manifest service) {
    ManifestField spec = service.root().at("spec");
    return spec.each("ports")
        .map(port -> port.at("targetPort").exists() ? port.at("targetPort") : port.at("port"))
        .flatMap(target -> missing(bundle, spec.at("selector").labels(), target));
  }

  private static Stream<Fault> ofPolicy(Bundle bundle, Manifest policy) {
    ManifestField spec = policy.root().at("spec");
    Map<String, String> selector = spec.at("podSelector.matchLabels").labels();
    return spec.each("ingress")
        .flatMap(ingress -> ingress.each("ports"))
        .map(port -> port.at("port"))
        .filter(ManifestField::exists)
        .flatMap(target -> missing(bundle, selector, target));
  }

  private static Stream<Fault> missing(
      Bundle bundle, Map<String, String> selector, ManifestField target) {
    boolean there =
        bundle.pods(selector).flatMap(Pod::ports).anyMatch(port -> Ports.match(port, target));
    return there ? Stream.empty() : Stream.of(target.fault("a port of the pods it selects"));
  }
}
