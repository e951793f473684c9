package accounts.k8s;

import java.util.stream.Stream;

/** The rule that autoscalers refer to an object in the same set. */
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
