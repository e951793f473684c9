package accounts.k8s;

import java.util.stream.Stream;

/** The rule that label selectors select existing pods, and those of Deployments their own. */
final class Selectors implements Rule {

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return Stream.concat(
        bundle.manifests().stream()
            .flatMap(Selectors::selector)
            .filter(selector -> bundle.pods(selector.labels()).findAny().isEmpty())
            .map(selector -> selector.fault("labels that a pod carries")),
        bundle.manifests().stream().flatMap(Selectors::ownTemplate));
  }

  private static Stream<ManifestField> selector(Manifest manifest) {
    ManifestField spec = manifest.root().at("spec");
    return switch (manifest.kind()) {
      case "Service" -> Stream.of(spec.at("selector")).filter(ManifestField::exists);
      case "PodDisruptionBudget" -> Stream.of(spec.at("selector.matchLabels"));
      case "NetworkPolicy" -> Stream.of(spec.at("podSelector.matchLabels"));
      default -> Stream.empty();
    };
  }

  private static Stream<Fault> ownTemplate(Manifest manifest) {
    ManifestField selector = manifest.root().at("spec.selector.matchLabels");
    return Pod.of(manifest)
        .filter(pod -> !pod.matches(selector.labels()))
        .map(pod -> selector.fault("labels of its own template: " + pod.labels()))
        .stream();
  }
}
