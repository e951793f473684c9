package accounts.k8s;

import java.util.stream.Stream;

/** The rule that probes refer to ports of their container. */
final class ProbePorts implements Rule {

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle.containers().flatMap(ProbePorts::check);
  }

  private static Stream<Fault> check(ManifestField container) {
    return Stream.of("startupProbe", "readinessProbe", "livenessProbe")
        .map(container::at)
        .flatMap(ProbePorts::port)
        .filter(asked -> container.each("ports").noneMatch(port -> Ports.match(port, asked)))
        .map(asked -> asked.fault("a port of the container: " + Ports.list(container)));
  }

  private static Stream<ManifestField> port(ManifestField probe) {
    return Stream.of("grpc.port", "tcpSocket.port", "httpGet.port")
        .map(probe::at)
        .filter(ManifestField::exists);
  }
}
