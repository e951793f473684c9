package accounts.k8s;

import java.util.stream.Stream;

/** The environment variables of containers, where their values are in the manifests. */
final class Settings {

  private Settings() {}

  /**
   * A variable.
   *
   * @param value where its value is
   */
  record Setting(String name, ManifestField value) {}

  /** Returns the variables that the manifests give a container; one may be there twice. */
  static Stream<Setting> of(Bundle bundle, ManifestField container) {
    Stream<Setting> own =
        container.each("env").map(entry -> new Setting(entry.at("name").text(), entry.at("value")));
    Stream<Setting> shared =
        container
            .each("envFrom")
            .map(source -> source.at("configMapRef.name").text())
            .flatMap(name -> bundle.find("ConfigMap", name).stream())
            .flatMap(Settings::data);
    return Stream.concat(own, shared).filter(setting -> !setting.value().text().isEmpty());
  }

  private static Stream<Setting> data(Manifest configMap) {
    return configMap
        .root()
        .at("data")
        .fields()
        .map(field -> new Setting(field.path().substring("data.".length()), field));
  }
}
