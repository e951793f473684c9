package accounts.k8s;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rule that Secrets, ConfigMaps and tokens are mounted as whole folders: the kubelet never
 * replaces a file that is mounted by {@code subPath}, so keys and certificates would not rotate.
 */
final class WholeMounts implements Rule {

  private static final List<String> CHANGING = List.of("secret", "configMap", "projected");

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .pods()
        .flatMap(pod ->
            pod.containers()
                .flatMap(c -> c.each("volumeMounts"))
                .filter(mount -> changes(pod, mount)))
        .flatMap(mount -> Stream.of(mount.at("subPath"), mount.at("subPathExpr")))
        .filter(ManifestField::exists)
        .map(path -> path.fault("the whole folder: files mounted by subPath are never replaced"));
  }

  private static boolean changes(Pod pod, ManifestField mount) {
    return pod.volume(mount.at("name").text())
        .filter(volume -> CHANGING.stream().anyMatch(kind -> volume.at(kind).exists()))
        .isPresent();
  }
}
