package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.cache.momento.LocalKey;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import momento.sdk.auth.CredentialProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole server whose key for Momento is in a file. */
@Timeout(120)
final class MomentoKeyTest {

  private static final String FIRST = "first-topsecret";
  private static final String SECOND = "second-topsecret";

  @AutoClose private final TestBackends backends = new TestBackends();
  @TempDir private Path folder;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  /** Any key is one of the local cache's. */
  private final class LocalKeys extends TestParts {
    @Override
    CredentialProvider credentials(String apiKey) {
      return new LocalKey(apiKey, backends.cache());
    }
  }

  private final @Nullable Level levelBefore = logger().getLevel();

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
    logger().setLevel(Level.TRACE);
    logger().setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(log);
    logger().setLevel(levelBefore);
    logger().setAdditive(true);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("accounts");
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
    assertThat(List.copyOf(log.list))
        .extracting(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
        .isNotEmpty()
        .noneMatch(line -> line.contains("topsecret"));
  }
}
