package accounts.k8s;

import java.util.stream.Stream;

/**
 * The rule that pods behind a headless Service stay for as long as gRPC clients may go without
 * looking up its name, 30 s: clients that looked it up just before a rollout would otherwise lose
 * every address.
 */
final class PreStopSleeps implements Rule {

  private static final int LOOK_UPS = 30;

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .ofKind("Service")
        .map(Manifest::root)
        .filter(service -> service.at("spec.clusterIP").is("None"))
        .flatMap(service -> bundle.pods(service.at("spec.selector").labels()))
        .flatMap(pod -> pod.spec().each("containers"))
        .map(PreStopSleeps::of)
        .filter(sleep -> sleep.number(0) < LOOK_UPS)
        .map(sleep -> sleep.fault("at least 30: clients look up addresses every 30 s"))
        .distinct();
  }

  /** Returns for how many seconds a container sleeps before it is told to stop. */
  static ManifestField of(ManifestField container) {
    return container.at("lifecycle.preStop.sleep.seconds");
  }
}
