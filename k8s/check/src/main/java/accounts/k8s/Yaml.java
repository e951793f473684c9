package accounts.k8s;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Parses YAML streams. */
final class Yaml {

  private static final YAMLMapper MAPPER = new YAMLMapper();

  private Yaml() {}

  /** Returns a manifest for each document that is not empty. */
  static List<Manifest> manifests(String source, String yaml) {
    try (MappingIterator<JsonNode> documents = MAPPER.readerFor(JsonNode.class).readValues(yaml)) {
      return documents.readAll().stream()
          .filter(JsonNode::isObject)
          .map(json -> new Manifest(source, json))
          .toList();
    }
  }
}
