package accounts.grpc;

import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The server's side of TLS, from PEM files that are read again when they change. If a new file
 * cannot be read, the last good one stays in use.
 *
 * @param certificate the server's certificate and those above it
 * @param key the private key, as PKCS #8
 * @param clientCa the CAs of client certificates; empty if clients are not asked for one
 * @param clientsMust whether clients without a certificate are refused
 */
public record ServerTls(Path certificate, Path key, Optional<Path> clientCa, boolean clientsMust) {

  /** The least that gRPC accepts; it takes a minute instead of anything shorter. */
  private static final Duration RELOAD = Duration.ofMinutes(1);

  /**
   * Reads the files.
   *
   * @param timer reads them again; ends with it
   */
  ServerCredentials credentials(ScheduledExecutorService timer)
      throws IOException, GeneralSecurityException {
    AdvancedTlsX509KeyManager own = new AdvancedTlsX509KeyManager();
    var unused =
        own.updateIdentityCredentials(
            certificate.toFile(), key.toFile(), RELOAD.toSeconds(), TimeUnit.SECONDS, timer);
    TlsServerCredentials.Builder tls = TlsServerCredentials.newBuilder().keyManager(own);
    if (clientCa.isPresent()) {
      tls.trustManager(new UnnamedAuthorities(trusted(clientCa.get(), timer)))
          .clientAuth(clientsMust ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
    }
    return tls.build();
  }

  /** Clients are known by their SPIFFE ids, not by host names. */
  private static AdvancedTlsX509TrustManager trusted(Path ca, ScheduledExecutorService timer)
      throws IOException, GeneralSecurityException {
    AdvancedTlsX509TrustManager trust =
        AdvancedTlsX509TrustManager.newBuilder()
            .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION)
            .build();
    var unused =
        trust.updateTrustCredentials(ca.toFile(), RELOAD.toSeconds(), TimeUnit.SECONDS, timer);
    return trust;
  }
}
