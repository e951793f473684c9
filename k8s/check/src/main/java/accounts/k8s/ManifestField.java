package accounts.k8s;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A field of a manifest, which may be missing: its path and its value.
 *
 * @param json a missing node if there is no such field
 */
record ManifestField(Manifest manifest, String path, JsonNode json) {

  private static final int SHOWN = 60;

  /** Returns the field at the path {@code dotted} below this one. */
  ManifestField at(String dotted) {
    ManifestField place = this;
    for (String name : dotted.split("\\.", -1)) {
      place = place.child(name);
    }
    return place;
  }

  private ManifestField child(String name) {
    return new ManifestField(manifest, path.isEmpty() ? name : path + "." + name, json.path(name));
  }

  /** Returns the elements of the list under {@code dotted}, none if there is no such list. */
  Stream<ManifestField> each(String dotted) {
    return at(dotted).items();
  }

  /** Returns the elements of a list, none of anything else. */
  Stream<ManifestField> items() {
    return IntStream.range(0, json.isArray() ? json.size() : 0)
        .mapToObj(i -> new ManifestField(manifest, path + "[" + i + "]", json.path(i)));
  }

  /** Returns the fields of an object, whatever characters are in their names. */
  Stream<ManifestField> fields() {
    return json.propertyNames().stream().map(this::child);
  }

  boolean exists() {
    return !json.isMissingNode() && !json.isNull();
  }

  /** Returns the text of a string, number or boolean; empty for anything else. */
  String text() {
    return json.asString("");
  }

  boolean is(Object value) {
    return text().equals(value.toString());
  }

  int number(int otherwise) {
    return json.asInt(otherwise);
  }

  /** Returns the entries of a map from strings to strings, such as labels. */
  Map<String, String> labels() {
    return json.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asString("")));
  }

  Fault fault(String expected) {
    return new Fault(manifest.source(), manifest.id(), path, shown(), expected);
  }

  private String shown() {
    if (!exists()) {
      return "nothing";
    }
    String text = json.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
