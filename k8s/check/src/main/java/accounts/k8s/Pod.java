package accounts.k8s;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pods that a manifest creates.
 *
 * @param spec their {@code PodSpec}
 * @param labels of the pods
 */
record Pod(ManifestField spec, Map<String, String> labels) {

  private static final Set<String> TEMPLATED =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job");

  /** Returns the pods of {@code manifest}, if its kind creates pods. */
  static Optional<Pod> of(Manifest manifest) {
    return switch (manifest.kind()) {
      case "Pod" -> Optional.of(of(manifest.root()));
      case "CronJob" -> Optional.of(of(manifest.root().at("spec.jobTemplate.spec.template")));
      case String kind when TEMPLATED.contains(kind) ->
          Optional.of(of(manifest.root().at("spec.template")));
      default -> Optional.empty();
    };
  }

  private static Pod of(ManifestField template) {
    return new Pod(template.at("spec"), template.at("metadata.labels").labels());
  }

  Stream<ManifestField> containers() {
    return Stream.concat(spec.each("initContainers"), spec.each("containers"));
  }

  Optional<ManifestField> volume(String name) {
    return spec.each("volumes").filter(volume -> volume.at("name").is(name)).findFirst();
  }

  Stream<ManifestField> ports() {
    return containers().flatMap(container -> container.each("ports"));
  }

  boolean matches(Map<String, String> selector) {
    return labels.entrySet().containsAll(selector.entrySet());
  }
}
