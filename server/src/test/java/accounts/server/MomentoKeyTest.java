package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.cache.momento.LocalKey;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import accounts.v1.Source;
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
    logger().setLevel(null);
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
  void keyReplaced_underCalls_isUsedAndEveryReadIsAHit() throws Exception {
    try (TestService service = start()) {
      String user = service.newUser();
      var unused = Eventually.get(() -> service.getUser(user).getSource(), MomentoKeyTest::isHit);
      long second = counted(SECOND);
      file(SECOND);
      while (backends.cache().faults().injected(second) < 100) {
        assertThat(service.getUser(user).getSource()).isEqualTo(Source.SOURCE_CACHE);
      }
      long first = counted(FIRST);
      assertThat(service.getUser(service.newUser()).getSource()).isEqualTo(Source.SOURCE_CACHE);

      assertThat(backends.cache().faults().injected(first)).isZero();
    }
    assertNothingShown();
  }

  @Test
  void keyReplaced_byOneThatIsRefused_changesNothing() throws Exception {
    try (TestService service = start()) {
      String user = service.newUser();
      long refused =
          backends
              .cache()
              .faults()
              .add(
                  Rule.of(Fault.ERROR)
                      .clients(SECOND)
                      .status(Status.Code.UNAUTHENTICATED, "invalid authorization"));
      file(SECOND);
      while (backends.cache().faults().injected(refused) == 0) {
        var unused = service.getUser(user);
      }

      assertThat(service.getUser(user).getSource()).isEqualTo(Source.SOURCE_CACHE);
    }
    assertNothingShown();
  }

  private static boolean isHit(Source source) {
    return source == Source.SOURCE_CACHE;
  }

  /** Not even at TRACE. */
  private void assertNothingShown() {
    assertThat(List.copyOf(log.list))
        .extracting(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
        .isNotEmpty()
        .noneMatch(line -> line.contains("topsecret"));
  }
}
