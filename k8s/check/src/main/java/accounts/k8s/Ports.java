package accounts.k8s;

import java.util.stream.Collectors;

/** Helpers for container ports that several rules use. */
final class Ports {

  private Ports() {}

  /** Returns whether {@code reference}, a name or a number, means {@code port}. */
  static boolean match(ManifestField port, ManifestField reference) {
    return reference.json().isString()
        ? port.at("name").is(reference.text())
        : port.at("containerPort").is(reference.text());
  }

  /** Returns the ports of {@code container} as text, such as {@code 50051 (grpc)}. */
  static String list(ManifestField container) {
    return container
        .each("ports")
        .map(port -> port.at("containerPort").text() + " (" + port.at("name").text() + ")")
        .collect(Collectors.joining(", "));
  }
}
