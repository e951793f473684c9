package accounts.k8s;

import tools.jackson.databind.JsonNode;

/**
 * One object as it would be sent to the API server.
 *
 * @param source where it came from
 */
record Manifest(String source, JsonNode json) {

  Place root() {
    return new Place(this, "", json);
  }

  String apiVersion() {
    return root().at("apiVersion").text();
  }

  String kind() {
    return root().at("kind").text();
  }

  String name() {
    return root().at("metadata.name").text();
  }

  /** Returns kind and name, unique within what is applied together. */
  String id() {
    return id(kind(), name());
  }

  static String id(String kind, String name) {
    return kind + "/" + name;
  }
}
