package accounts.k8s;

import tools.jackson.databind.JsonNode;

/**
 * An object as it would be sent to the API server.
 *
 * @param source the file or folder that it was read from
 */
record Manifest(String source, JsonNode json) {

  ManifestField root() {
    return new ManifestField(this, "", json);
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

  /** Returns kind and name, unique among objects that are applied at once. */
  String id() {
    return id(kind(), name());
  }

  static String id(String kind, String name) {
    return kind + "/" + name;
  }
}
