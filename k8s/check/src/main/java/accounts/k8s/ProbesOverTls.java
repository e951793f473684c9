package accounts.k8s;

import java.util.stream.Stream;

/**
 * The rule that a server that takes TLS only is not probed by gRPC: the kubelet's gRPC probes speak
 * plaintext, and the pod would never be ready.
 */
final class ProbesOverTls implements Rule {

  private static final String CERTIFICATE = "ACCOUNTS_TLS_CERTIFICATE";

  @Override
  public Stream<Fault> check(Bundle bundle) {
    return bundle
        .containers()
        .filter(container ->
            Settings.of(bundle, container).anyMatch(setting -> setting.name().equals(CERTIFICATE)))
        .flatMap(container ->
            Stream.of("startupProbe", "readinessProbe", "livenessProbe").map(container::at))
        .map(probe -> probe.at("grpc"))
        .filter(ManifestField::exists)
        .map(probe -> probe.fault("httpGet: gRPC probes are in plaintext, this port is not"));
  }
}
