package accounts.k8s;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A set of manifests that are applied at once.
 *
 * @param external ids of objects that exist outside the set, to which references are allowed; and
 *     kinds, with their apiVersion, of operators
 */
record Bundle(List<Manifest> manifests, Set<String> external) {

  Stream<Manifest> ofKind(String kind) {
    return manifests.stream().filter(manifest -> manifest.kind().equals(kind));
  }

  Stream<Pod> pods() {
    return manifests.stream().map(Pod::of).flatMap(Optional::stream);
  }

  Stream<Pod> pods(Map<String, String> selector) {
    return pods().filter(pod -> pod.matches(selector));
  }

  Stream<ManifestField> containers() {
    return pods().flatMap(Pod::containers);
  }

  Optional<Manifest> find(String kind, String name) {
    return ofKind(kind).filter(manifest -> manifest.name().equals(name)).findFirst();
  }

  boolean knows(String kind, String name) {
    return find(kind, name).isPresent() || external.contains(Manifest.id(kind, name));
  }
}
