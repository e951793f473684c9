package accounts.k8s;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pods that a manifest makes.
 *
 * @param spec their {@code PodSpec}
 * @param labels the labels they carry
 */
record Pod(Place spec, Map<String, String> labels) {

  private static final Set<String> TEMPLATED =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job");

  /** Returns the pods of {@code manifest}, if it is of a kind that has any. */
  static Optional<Pod> of(Manifest manifest) {
    return switch (manifest.kind()) {
      case "Pod" -> Optional.of(of(manifest.root()));
      case "CronJob" -> Optional.of(of(manifest.root().at("spec.jobTemplate.spec.template")));
      case String kind when TEMPLATED.contains(kind) ->
          Optional.of(of(manifest.root().at("spec.template")));
      default -> Optional.empty();
    };
  }

  private static Pod of(Place template) {
    return new Pod(template.at("spec"), template.at("metadata.labels").labels());
  }

  Stream<Place> containers() {
    return Stream.concat(spec.each("initContainers"), spec.each("containers"));
  }

  Stream<Place> ports() {
    return containers().flatMap(container -> container.each("ports"));
  }

  boolean matches(Map<String, String> selector) {
    return labels.entrySet().containsAll(selector.entrySet());
  }
}
