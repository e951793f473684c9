package accounts.bench.harness;

import accounts.local.identity.Identities;
import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An issuer that servers believe, and a token of its for a service that may act as anyone.
 *
 * @param environment the variables of a server that believes it
 */
public record BenchIdentity(Map<String, String> environment, String token) {

  public BenchIdentity {
    environment = Map.copyOf(environment);
  }

  /** Makes one; a day later its token is no longer valid. */
  public static BenchIdentity create(Path folder) {
    try {
      Identities.write(folder);
      String file = folder.toAbsolutePath().resolve("identity.yaml").toString();
      String token = Files.readString(folder.resolve("service.token")).strip();
      return new BenchIdentity(Map.of("ACCOUNTS_IDENTITY", file), token);
    } catch (IOException | JOSEException e) {
      throw new IllegalStateException("no token could be made", e);
    }
  }
}
