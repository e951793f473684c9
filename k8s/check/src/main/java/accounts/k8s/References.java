package accounts.k8s;

import java.util.stream.Stream;

/**
 * The rule that pods refer only to existing service accounts, priority classes, ConfigMaps,
 * Secrets, keys and volumes.
 */
final class References implements Rule {

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle.pods().flatMap(pod -> check(bundle, pod));
  }

  private static Stream<Fault> check(Bundle bundle, Pod pod) {
    Stream<Fault> ofPod =
        Stream.of(
                dangling(bundle, "ServiceAccount", Stream.of(pod.spec().at("serviceAccountName"))),
                dangling(bundle, "PriorityClass", Stream.of(pod.spec().at("priorityClassName"))),
                dangling(bundle, "ConfigMap", in(pod.spec().each("volumes"), "configMap.name")),
                dangling(bundle, "Secret", in(pod.spec().each("volumes"), "secret.secretName")),
                dangling(bundle, "ConfigMap", in(projected(pod), "configMap.name")),
                dangling(bundle, "Secret", in(projected(pod), "secret.name")),
                dangling(bundle, "Secret", in(pod.spec().each("imagePullSecrets"), "name")))
            .flatMap(faults -> faults);
    return Stream.concat(
        ofPod, pod.containers().flatMap(container -> check(bundle, pod, container)));
  }

  private static Stream<ManifestField> projected(Pod pod) {
    return pod.spec().each("volumes").flatMap(volume -> volume.each("projected.sources"));
  }

  private static Stream<Fault> check(Bundle bundle, Pod pod, ManifestField container) {
    return Stream.of(
            dangling(bundle, "ConfigMap", in(container.each("envFrom"), "configMapRef.name")),
            dangling(bundle, "Secret", in(container.each("envFrom"), "secretRef.name")),
            keys(bundle, "ConfigMap", in(container.each("env"), "valueFrom.configMapKeyRef")),
            keys(bundle, "Secret", in(container.each("env"), "valueFrom.secretKeyRef")),
            volumes(pod, container))
        .flatMap(faults -> faults);
  }

  private static Stream<ManifestField> in(Stream<ManifestField> places, String dotted) {
    return places.map(place -> place.at(dotted)).filter(ManifestField::exists);
  }

  private static Stream<Fault> dangling(Bundle bundle, String kind, Stream<ManifestField> names) {
    return names
        .filter(ManifestField::exists)
        .filter(name -> !bundle.knows(kind, name.text()))
        .map(name -> name.fault("a " + kind + " that is applied too or declared external"));
  }

  private static Stream<Fault> keys(Bundle bundle, String kind, Stream<ManifestField> references) {
    return references
        .filter(reference -> !reference.at("optional").is(true))
        .flatMap(reference -> key(bundle, kind, reference));
  }

  private static Stream<Fault> key(Bundle bundle, String kind, ManifestField reference) {
    ManifestField name = reference.at("name");
    return bundle
        .find(kind, name.text())
        .map(manifest -> missing(manifest, reference.at("key")))
        .orElseGet(() -> dangling(bundle, kind, Stream.of(name)));
  }

  private static Stream<Fault> missing(Manifest manifest, ManifestField key) {
    boolean defined =
        Stream.of("data", "stringData", "binaryData")
            .anyMatch(field -> manifest.root().at(field).json().has(key.text()));
    return defined ? Stream.empty() : Stream.of(key.fault("a key of " + manifest.id()));
  }

  private static Stream<Fault> volumes(Pod pod, ManifestField container) {
    return in(container.each("volumeMounts"), "name")
        .filter(name -> pod.spec().each("volumes").noneMatch(v -> v.at("name").is(name.text())))
        .map(name -> name.fault("a volume of the pod"));
  }
}
