package accounts.local.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/**
 * Makes what {@code make run SECURE=1} shows: certificates, an issuer's keys, and tokens of a
 * person, {@code olivia}, and of a service that may act as anyone.
 */
@SuppressWarnings("JavaUtilDate") // the JWT library has nothing else
public final class Identities {

  private static final String ISSUER = "https://laptop.invalid";
  private static final String AUDIENCE = "accounts";
  private static final Duration VALID = Duration.ofDays(1);

  private final Path folder;
  private final ECKey key;

  private Identities(Path folder) throws JOSEException {
    this.folder = folder;
    this.key = new ECKeyGenerator(Curve.P_256).keyID("laptop").generate();
  }

  /** Writes the files into a folder and prints calls: {@code Identities FOLDER HOST:PORT}. */
  public static void main(String[] args) throws IOException, JOSEException {
    Path folder = Path.of(args[0]);
    write(folder);
    Calls.of(folder, args[1]).forEach(System.out::println);
  }

  /**
   * Writes the files, in the place of those of an earlier time.
   *
   * @param folder created if it is not there, for the user only
   */
  public static void write(Path folder) throws IOException, JOSEException {
    Path created =
        Files.createDirectories(
            folder.toAbsolutePath(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    new Identities(created).write();
  }

  private void write() throws IOException, JOSEException {
    LocalAuthority authority = new LocalAuthority(folder, "laptop");
    Files.copy(
        authority.ca(),
        folder.resolve("ca.pem"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    authority.server("server");
    authority.client("client", "spiffe://laptop.invalid/reports");
    Path keys = folder.resolve("keys.json");
    Files.writeString(keys, new JWKSet(key).toString());
    Files.writeString(
        folder.resolve("identity.yaml"),
        """
        issuers:
          - issuer: %s
            audience: %s
            jwks: %s
            person_claim: username
        spiffe:
          spiffe://laptop.invalid/reports: [accounts.read]
        """
            .formatted(ISSUER, AUDIENCE, keys));
    String all = "accounts.read accounts.write";
    token("olivia.token", claims("u-1", all).claim("username", "olivia"));
    token(
        "service.token",
        claims(
            "billing",
            all
                + " accounts.act-as accounts.suspend accounts.delete accounts.watch accounts.list accounts.export"));
  }

  private static JWTClaimsSet.Builder claims(String subject, String scopes) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject(subject)
        .claim("scope", scopes)
        .expirationTime(Date.from(Instant.now().plus(VALID)));
  }

  private void token(String file, JWTClaimsSet.Builder claims) throws IOException, JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build(),
            claims.build());
    jwt.sign(new ECDSASigner(key));
    Files.writeString(folder.resolve(file), jwt.serialize() + "\n");
  }
}
