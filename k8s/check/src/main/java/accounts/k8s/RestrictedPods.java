package accounts.k8s;

import java.util.Set;
import java.util.stream.Stream;

/** The rules of the Pod Security Standard "restricted" for whole pods. */
final class RestrictedPods implements Rule {

  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .pods()
        .map(Pod::spec)
        .flatMap(spec -> Stream.concat(namespaces(spec), volumes(spec)));
  }

  private static Stream<Fault> namespaces(ManifestField spec) {
    return Stream.of("hostNetwork", "hostPID", "hostIPC")
        .map(spec::at)
        .filter(flag -> flag.is(true))
        .map(flag -> flag.fault("false"));
  }

  private static Stream<Fault> volumes(ManifestField spec) {
    return spec.each("volumes")
        .flatMap(volume -> volume.json().propertyNames().stream().map(volume::at))
        .filter(field -> !field.path().endsWith(".name"))
        .filter(field -> !VOLUMES.contains(field.path().replaceFirst(".*\\.", "")))
        .map(field -> field.fault("a volume that `restricted` allows"));
  }
}
