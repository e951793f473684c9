package accounts.k8s;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A field of a manifest, there or not: its path and what stands at it.
 *
 * @param json a missing node where there is no such field
 */
record Place(Manifest manifest, String path, JsonNode json) {

  private static final int SHOWN = 60;

  /** Returns the field below this one whose names are {@code dotted}. */
  Place at(String dotted) {
    Place place = this;
    for (String name : dotted.split("\\.", -1)) {
      place = place.child(name);
    }
    return place;
  }

  private Place child(String name) {
    return new Place(manifest, path.isEmpty() ? name : path + "." + name, json.path(name));
  }

  /** Returns the elements of the list under {@code dotted}, none if there is no such list. */
  Stream<Place> each(String dotted) {
    return at(dotted).elements();
  }

  private Stream<Place> elements() {
    return IntStream.range(0, json.isArray() ? json.size() : 0)
        .mapToObj(i -> new Place(manifest, path + "[" + i + "]", json.path(i)));
  }

  boolean exists() {
    return !json.isMissingNode() && !json.isNull();
  }

  /** Returns the text of a string, number or boolean; empty for all else. */
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
