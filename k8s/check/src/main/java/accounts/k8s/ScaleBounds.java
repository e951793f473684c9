package accounts.k8s;

import java.util.stream.Stream;

/** The rule that autoscalers have valid bounds: 1 ≤ minimum ≤ maximum. */
final class ScaleBounds implements Rule {

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .ofKind("HorizontalPodAutoscaler")
        .map(autoscaler -> autoscaler.root().at("spec"))
        .flatMap(ScaleBounds::check);
  }

  private static Stream<Fault> check(ManifestField spec) {
    int min = spec.at("minReplicas").number(1);
    ManifestField max = spec.at("maxReplicas");
    return Stream.concat(
        min >= 1 ? Stream.empty() : Stream.of(spec.at("minReplicas").fault("at least 1")),
        max.number(0) >= min
            ? Stream.empty()
            : Stream.of(max.fault("at least minReplicas, " + min)));
  }
}
