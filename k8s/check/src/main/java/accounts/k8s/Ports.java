package accounts.k8s;

import java.util.stream.Collectors;

/** What is said of container ports in several rules. */
final class Ports {

  private Ports() {}

  /** Returns whether {@code reference}, a name or a number, means {@code port}. */
  static boolean match(Place port, Place reference) {
    return reference.json().isString()
        ? port.at("name").is(reference.text())
        : port.at("containerPort").is(reference.text());
  }

  /** Returns the ports of {@code container} as a person reads them: {@code 50051 (grpc)}. */
  static String list(Place container) {
    return container
        .each("ports")
        .map(port -> port.at("containerPort").text() + " (" + port.at("name").text() + ")")
        .collect(Collectors.joining(", "));
  }
}
