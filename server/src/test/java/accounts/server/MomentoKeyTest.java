package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CapturedLog;
import accounts.cache.momento.LocalKey;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import momento.sdk.auth.CredentialProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole server whose key for Momento is in a file. */
@Timeout(120)
final class MomentoKeyTest {

  private static final String FIRST = "first-topsecret";
  private static final String SECOND = "second-topsecret";

  @AutoClose private final TestBackends backends = new TestBackends();
  @AutoClose private final CapturedLog log = CapturedLog.ofEverything("accounts");
  @TempDir private Path folder;

  /** Any key is one of the local cache's. */
  private final class LocalKeys extends TestParts {
    @Override
    CredentialProvider credentials(String apiKey) {
      return new LocalKey(apiKey, backends.cache());
    }
  }

  private TestService start() throws Exception {
    return backends.start(
        Map.of("MOMENTO_LOCAL_ENDPOINT", "", "MOMENTO_API_KEY_FILE", file(FIRST).toString()),
        new LocalKeys());
  }

  /** Replaces the file at once, as whoever rotates keys does. */
  private Path file(String key) throws Exception {
    Path next = Files.writeString(folder.resolve("next"), key + "\n");
    return Files.move(next, folder.resolve("key"), StandardCopyOption.ATOMIC_MOVE);
  }

  private long counted(String key) {
    return backends.cache().faults().add(Rule.of(Fault.DELAY).clients(key));
  }

  @Test
  void keyReplaced_underCalls_isUsedAndNoneFails() throws Exception {
    try (TestService service = start()) {
      long second = counted(SECOND);
      file(SECOND);
      callUntil(service, second, 100);
      long first = counted(FIRST);
      callUntil(service, second, 200);

      assertThat(backends.cache().faults().injected(first)).isZero();
      assertThat(service.callsWithoutAnswer()).isZero();
    }
    assertNothingShown();
  }

  @Test
  void keyReplaced_byOneThatIsRefused_changesNothing() throws Exception {
    try (TestService service = start()) {
      long refused =
          backends
              .cache()
              .faults()
              .add(Rule.of(Fault.ERROR).clients(SECOND).status(Status.Code.UNAUTHENTICATED, ""));
      file(SECOND);
      callUntil(service, refused, 1);
      long first = counted(FIRST);
      callUntil(service, first, 100);

      assertThat(service.callsWithoutAnswer()).isZero();
    }
    assertNothingShown();
  }

  /** Writes and reads, until a rule of the cache has been met so often. */
  private void callUntil(TestService service, long rule, int times) {
    while (backends.cache().faults().injected(rule) < times) {
      String user = service.newUser();
      assertThat(service.getUser(user).getUser().getUsername()).isEqualTo(user);
    }
  }

  /** Not even at TRACE. */
  private void assertNothingShown() {
    assertThat(log.events())
        .extracting(CapturedLog::text)
        .isNotEmpty()
        .noneMatch(line -> line.contains("topsecret"));
  }
}
