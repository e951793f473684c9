package accounts.local.identity;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for laptops and tests, and PEM files of certificates that it signs. */
@SuppressWarnings("JavaUtilDate") // Bouncy Castle has nothing else
public final class LocalAuthority {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration VALID = Duration.ofDays(1);

  private final Path folder;
  private final String name;
  private final KeyPair keys = keyPair();
  private final X509Certificate ca;

  /** The files of a certificate and its key. */
  public record Pair(Path certificate, Path key) {}

  /**
   * Makes an authority with a key of its own.
   *
   * @param folder where its files are written
   */
  public LocalAuthority(Path folder, String name) {
    this.folder = folder;
    this.name = name;
    this.ca =
        signed(
            new X500Name("CN=" + name),
            keys,
            new GeneralNames(new GeneralName(GeneralName.dNSName, name)),
            Instant.now(),
            true);
  }

  /** Returns the file with the CA's own certificate. */
  public Path ca() {
    return write(name + "-ca.pem", pem(ca));
  }

  /** Makes the certificate of a server on the loopback address. */
  public Pair server(String file) {
    return files(
        file,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.dNSName, "localhost")
            }),
        Instant.now());
  }

  /** Makes the certificate of a client with a SPIFFE id. */
  public Pair client(String file, String spiffeId) {
    return files(file, spiffe(spiffeId), Instant.now());
  }

  /** Makes one that expired an hour ago. */
  public Pair expiredClient(String file, String spiffeId) {
    return files(file, spiffe(spiffeId), Instant.now().minus(VALID).minus(Duration.ofHours(1)));
  }

  private static GeneralNames spiffe(String id) {
    return new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, id));
  }

  private Pair files(String file, GeneralNames subject, Instant from) {
    KeyPair own = keyPair();
    X509Certificate certificate = signed(new X500Name("CN=" + file), own, subject, from, false);
    try {
      return new Pair(
          write(file + ".pem", pem(certificate)),
          write(file + ".key", pem(new JcaPKCS8Generator(own.getPrivate(), null))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private X509Certificate signed(
      X500Name subject, KeyPair own, GeneralNames names, Instant from, boolean isCa) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=" + name),
              new BigInteger(64, RANDOM),
              Date.from(from.minusSeconds(60)),
              Date.from(from.plus(VALID)),
              subject,
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
      builder.addExtension(Extension.subjectAlternativeName, false, names);
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | OperatorException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Replaces a file at once, as whoever rotates certificates does. */
  private Path write(String file, String text) {
    try {
      Path next = Files.writeString(folder.resolve(file + ".next"), text);
      return Files.move(next, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
