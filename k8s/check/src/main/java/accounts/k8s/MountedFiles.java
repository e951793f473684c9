package accounts.k8s;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rule that a variable whose value is the path of a file names one that is mounted, and that a
 * ConfigMap has, if that is among the manifests.
 */
final class MountedFiles implements Rule {

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .pods()
        .flatMap(pod -> pod.containers().flatMap(container -> check(bundle, pod, container)));
  }

  private static Stream<Fault> check(Bundle bundle, Pod pod, ManifestField container) {
    return Settings.of(bundle, container)
        .map(Settings.Setting::value)
        .filter(value -> value.text().startsWith("/"))
        .flatMap(file -> check(bundle, pod, container, file));
  }

  private static Stream<Fault> check(
      Bundle bundle, Pod pod, ManifestField container, ManifestField file) {
    Optional<ManifestField> mount =
        container
            .each("volumeMounts")
            .filter(m -> file.text().startsWith(m.at("mountPath").text() + "/"))
            .findFirst();
    if (mount.isEmpty()) {
      return Stream.of(file.fault("a file below a mountPath of " + container.at("name").text()));
    }
    String key = file.text().substring(mount.get().at("mountPath").text().length() + 1);
    return pod
        .volume(mount.get().at("name").text())
        .filter(volume -> !volume.at("configMap.items").exists())
        .flatMap(volume -> bundle.find("ConfigMap", volume.at("configMap.name").text()))
        .filter(
            map -> map.root().at("data").fields().noneMatch(f -> f.path().equals("data." + key)))
        .map(map -> file.fault("a file of " + map.id()))
        .stream();
  }
}
