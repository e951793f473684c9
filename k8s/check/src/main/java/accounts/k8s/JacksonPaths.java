package accounts.k8s;

import java.util.List;
import tools.jackson.core.JacksonException.Reference;

/** Converts paths of Jackson to {@link ManifestField}s. */
final class JacksonPaths {

  private JacksonPaths() {}

  /** Returns the field at a JSON pointer. */
  static ManifestField ofPointer(Manifest manifest, String pointer) {
    StringBuilder path = new StringBuilder();
    for (String step : pointer.substring(1).split("/", -1)) {
      append(path, step.replace("~1", "/").replace("~0", "~"));
    }
    return new ManifestField(manifest, path.toString(), manifest.json().at(pointer));
  }

  /** Returns the field at the path of an exception. */
  static ManifestField ofReferences(Manifest manifest, List<Reference> references) {
    StringBuilder pointer = new StringBuilder();
    for (Reference reference : references) {
      pointer.append('/').append(step(reference));
    }
    return references.isEmpty() ? manifest.root() : ofPointer(manifest, pointer.toString());
  }

  private static String step(Reference reference) {
    String name = reference.getPropertyName();
    return name == null
        ? String.valueOf(reference.getIndex())
        : name.replace("~", "~0").replace("/", "~1");
  }

  private static void append(StringBuilder path, String step) {
    if (!step.isEmpty() && step.chars().allMatch(Character::isDigit)) {
      path.append('[').append(step).append(']');
    } else {
      path.append(path.isEmpty() ? "" : ".").append(step);
    }
  }
}
