package accounts.k8s;

import java.util.Set;
import java.util.stream.Stream;

/** The rules of the Pod Security Standard "restricted" for containers. */
final class RestrictedContainers implements Rule {

  private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle.pods().flatMap(pod -> pod.containers().flatMap(c -> check(pod.spec(), c)));
  }

  private static Stream<Fault> check(ManifestField pod, ManifestField container) {
    return Stream.of(
            privileges(container),
            capabilities(container),
            user(pod, container),
            seccomp(pod, container),
            hostPorts(container))
        .flatMap(faults -> faults);
  }

  private static Stream<Fault> privileges(ManifestField container) {
    ManifestField context = container.at("securityContext");
    return Stream.concat(
        Stream.of(context.at("privileged"))
            .filter(flag -> flag.is(true))
            .map(flag -> flag.fault("false")),
        Stream.of(context.at("allowPrivilegeEscalation"))
            .filter(flag -> !flag.is(false))
            .map(flag -> flag.fault("false")));
  }

  private static Stream<Fault> capabilities(ManifestField container) {
    ManifestField capabilities = container.at("securityContext.capabilities");
    return Stream.concat(
        Stream.of(capabilities.at("drop"))
            .filter(drop -> capabilities.each("drop").noneMatch(name -> name.is("ALL")))
            .map(drop -> drop.fault("ALL")),
        capabilities
            .each("add")
            .filter(name -> !name.is("NET_BIND_SERVICE"))
            .map(name -> name.fault("NET_BIND_SERVICE or nothing")));
  }

  private static Stream<Fault> user(ManifestField pod, ManifestField container) {
    ManifestField nonRoot = effective(pod, container, "runAsNonRoot");
    ManifestField user = effective(pod, container, "runAsUser");
    return Stream.concat(
        Stream.of(nonRoot).filter(flag -> !flag.is(true)).map(flag -> flag.fault("true")),
        Stream.of(user)
            .filter(number -> number.is(0) || !number.exists())
            .map(number -> number.fault("a number other than 0")));
  }

  private static Stream<Fault> seccomp(ManifestField pod, ManifestField container) {
    return Stream.of(effective(pod, container, "seccompProfile.type"))
        .filter(type -> !PROFILES.contains(type.text()))
        .map(type -> type.fault("RuntimeDefault or Localhost"));
  }

  private static Stream<Fault> hostPorts(ManifestField container) {
    return container
        .each("ports")
        .map(port -> port.at("hostPort"))
        .filter(port -> port.number(0) != 0)
        .map(port -> port.fault("no port of the node"));
  }

  /** Returns the field of the container or, if it is not set, of its pod. */
  private static ManifestField effective(ManifestField pod, ManifestField container, String field) {
    ManifestField own = container.at("securityContext").at(field);
    return own.exists() ? own : pod.at("securityContext").at(field);
  }
}
