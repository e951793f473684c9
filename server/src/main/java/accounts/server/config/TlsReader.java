package accounts.server.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the settings of TLS. */
final class TlsReader {

  private TlsReader() {}

  static Optional<Configuration.Tls> read(Environment environment) {
    Optional<Path> certificate = environment.file(Variables.TLS_CERTIFICATE);
    Optional<Path> key = environment.file(Variables.TLS_KEY);
    Optional<Path> clientCa = environment.file(Variables.TLS_CLIENT_CA);
    String client =
        environment.matching(
            Variables.TLS_CLIENT_CERTIFICATE, Pattern.compile("optional|required"));
    if (certificate.isPresent() && isMissing(environment, Variables.TLS_KEY)) {
      environment.fault(Variables.TLS_KEY, "");
    }
    if (isMissing(environment, Variables.TLS_CERTIFICATE)) {
      if (key.isPresent() || clientCa.isPresent()) {
        environment.fault(Variables.TLS_CERTIFICATE, "");
      }
    }
    if (client.equals("required") && isMissing(environment, Variables.TLS_CLIENT_CA)) {
      environment.fault(Variables.TLS_CLIENT_CA, "");
    }
    return certificate.isPresent() && key.isPresent()
        ? Optional.of(
            new Configuration.Tls(
                certificate.get(), key.get(), clientCa, client.equals("required")))
        : Optional.empty();
  }

  private static boolean isMissing(Environment environment, Variable variable) {
    return environment.text(variable).isEmpty();
  }
}
