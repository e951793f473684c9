package accounts.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import accounts.local.identity.LocalAuthority;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys behind a URL of https, whose certificate an authority of one's own has signed. */
final class KeySourceTlsTest {

  private static final char[] NO_PASSWORD = {};

  @TempDir private Path folder;
  private LocalAuthority authority;
  private HttpsServer issuer;

  @BeforeEach
  void listen() throws Exception {
    authority = new LocalAuthority(folder, "issuers");
    issuer = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.setHttpsConfigurator(new HttpsConfigurator(showing(authority.server("issuer"))));
    issuer.createContext("/", new NoKeys());
    issuer.start();
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
  }

  @Test
  void fetch_certificateOfTheCa_isTrusted() throws Exception {
    assertThat(source(Optional.of(authority.ca())).fetch().isEmpty()).isTrue();
  }

  @Test
  void fetch_noCaOrAnotherOne_isRefused() {
    Path other = new LocalAuthority(folder, "others").ca();

    assertThatThrownBy(source(Optional.of(other))::fetch).isInstanceOf(SSLException.class);
    assertThatThrownBy(source(Optional.empty())::fetch).isInstanceOf(SSLException.class);
  }

  @Test
  void fetch_caFileReplaced_trustsTheNewOne() throws Exception {
    Path ca = folder.resolve("trusted.pem");
    Files.copy(new LocalAuthority(folder, "others").ca(), ca);
    KeySource source = source(Optional.of(ca));
    assertThatThrownBy(source::fetch).isInstanceOf(SSLException.class);

    Files.copy(authority.ca(), ca, StandardCopyOption.REPLACE_EXISTING);
    assertThat(source.fetch().isEmpty()).isTrue();
  }

  private KeySource source(Optional<Path> ca) {
    return new KeySource.Remote(
        URI.create("https://127.0.0.1:" + issuer.getAddress().getPort() + "/keys"),
        ca,
        Optional.empty());
  }

  private static SSLContext showing(LocalAuthority.Pair pair)
      throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
    own.load(null, null);
    try (InputStream certificate = Files.newInputStream(pair.certificate());
        InputStream key = Files.newInputStream(pair.key())) {
      own.setKeyEntry(
          "issuer",
          CertificateUtils.getPrivateKey(key),
          NO_PASSWORD,
          CertificateUtils.getX509Certificates(certificate));
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
