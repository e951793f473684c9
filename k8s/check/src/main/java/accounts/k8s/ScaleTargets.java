package accounts.k8s;

import java.util.stream.Stream;

/** Autoscalers scale something that is applied with them. */
final class ScaleTargets implements Rule {

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .ofKind("HorizontalPodAutoscaler")
        .map(autoscaler -> autoscaler.root().at("spec.scaleTargetRef"))
        .filter(target -> !bundle.knows(target.at("kind").text(), target.at("name").text()))
        .map(target -> target.at("name").fault("a " + target.at("kind").text() + " to scale"));
  }
}
