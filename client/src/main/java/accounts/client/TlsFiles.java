package accounts.client;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** TLS from PEM files, which are read again within a minute of a change. */
final class TlsFiles implements AutoCloseable {

  /** The least that gRPC accepts; it takes a minute instead of anything shorter. */
  private static final Duration RELOAD = Duration.ofMinutes(1);

  private final TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
  private @Nullable ScheduledExecutorService reload;

  /** Trusts the servers whose certificates these authorities have signed. */
  void trust(Path authorities) {
    File file = readable(authorities);
    try {
      AdvancedTlsX509TrustManager trust = AdvancedTlsX509TrustManager.newBuilder().build();
      var unused =
          trust.updateTrustCredentials(file, RELOAD.toSeconds(), TimeUnit.SECONDS, reload());
      tls.trustManager(trust);
    } catch (IOException | GeneralSecurityException e) {
      throw malformed("certificates", authorities, e);
    }
  }

  /** Shows a certificate to servers that ask for one. */
  void identify(Path certificate, Path key) {
    File certificateFile = readable(certificate);
    File keyFile = readable(key);
    try {
      AdvancedTlsX509KeyManager own = new AdvancedTlsX509KeyManager();
      var unused =
          own.updateIdentityCredentials(
              certificateFile, keyFile, RELOAD.toSeconds(), TimeUnit.SECONDS, reload());
      tls.keyManager(own);
    } catch (IOException | GeneralSecurityException e) {
      throw malformed("a certificate, and its key as PKCS #8", certificate, e);
    }
  }

  ChannelCredentials credentials() {
    return tls.build();
  }

  private ScheduledExecutorService reload() {
    if (reload == null) {
      reload =
          Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "accounts-client-tls");
            thread.setDaemon(true);
            return thread;
          });
    }
    return reload;
  }

  private static File readable(Path path) {
    File file = path.toFile();
    if (!file.canRead()) {
      throw new IllegalArgumentException("%s (expected: a readable file)".formatted(path));
    }
    return file;
  }

  private static IllegalArgumentException malformed(String expected, Path path, Exception cause) {
    return new IllegalArgumentException(
        "%s (expected: %s, in PEM)".formatted(path, expected), cause);
  }

  /** Stops reading the files. */
  @Override
  public void close() {
    if (reload != null) {
      reload.shutdownNow();
    }
  }
}
