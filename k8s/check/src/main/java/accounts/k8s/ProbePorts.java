package accounts.k8s;

import java.util.stream.Stream;

/** Probes ask ports that their container has. */
final class ProbePorts implements Rule {

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle.containers().flatMap(ProbePorts::check);
  }

  private static Stream<Fault> check(Place container) {
    return Stream.of("startupProbe", "readinessProbe", "livenessProbe")
        .map(container::at)
        .flatMap(ProbePorts::port)
        .filter(asked -> container.each("ports").noneMatch(port -> Ports.match(port, asked)))
        .map(asked -> asked.fault("a port of the container: " + Ports.list(container)));
  }

  private static Stream<Place> port(Place probe) {
    return Stream.of("grpc.port", "tcpSocket.port", "httpGet.port")
        .map(probe::at)
        .filter(Place::exists);
  }
}
