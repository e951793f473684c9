package accounts.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Where an issuer's keys are fetched. */
interface KeySource {

  /** Fetches the keys; blocks for seconds at most. */
  JWKSet fetch() throws IOException, ParseException, GeneralSecurityException;

  /** Returns the source of an issuer's settings. */
  static KeySource of(IdentitySettings.Issuer issuer) {
    return "file".equals(issuer.keys().getScheme())
        ? () -> JWKSet.load(Path.of(issuer.keys()).toFile())
        : new Remote(issuer.keys(), issuer.keysCa(), issuer.keysToken());
  }

  /** A JWK set behind a URL. */
  record Remote(URI keys, Optional<Path> ca, Optional<Path> token) implements KeySource {

    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
    private static final int MOST_BYTES = 256 * 1024;
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    @Override
    public JWKSet fetch() throws IOException, ParseException, GeneralSecurityException {
      DefaultResourceRetriever retriever =
          new DefaultResourceRetriever(
              TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES, true, ca.isPresent() ? trusting() : null);
      if (token.isPresent()) {
        retriever.setHeaders(Map.of("Authorization", List.of("Bearer " + bearer(token.get()))));
      }
      return JWKSet.parse(retriever.retrieveResource(keys.toURL()).getContent());
    }

    /** The HTTP client's message about anything else in a header would show the token. */
    private static String bearer(Path file) throws IOException {
      String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      if (!TOKEN.matcher(token).matches()) {
        throw new IOException(
            "%s: no token (expected: one word of ASCII characters)".formatted(file));
      }
      return token;
    }

    /** The file is read each time: CAs rotate, too. */
    private @Nullable SSLSocketFactory trusting() throws IOException, GeneralSecurityException {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      try (InputStream file = Files.newInputStream(ca.orElseThrow())) {
        for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
          trusted.setCertificateEntry("ca-" + trusted.size(), one);
        }
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    }
  }
}
