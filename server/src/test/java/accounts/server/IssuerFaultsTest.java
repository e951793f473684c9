package accounts.server;

import static accounts.server.SecuredService.ALL;
import static accounts.server.SecuredService.createUser;
import static accounts.server.SecuredService.getUser;
import static accounts.server.TestIssuer.claims;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What callers see while the issuer of their tokens is down, hangs, or changes its keys. */
@Timeout(90)
final class IssuerFaultsTest {

  private static final int CALLERS = 8;

  @AutoClose private static final TestBackends backends = new TestBackends();

  @TempDir private Path folder = Path.of("");
  @AutoClose private final TestIssuer issuer = new TestIssuer();

  @Test
  void getUser_issuerDownAtTheStart_isRefusedAndLaterAnswered() throws IOException {
    issuer.setDown(true);
    try (SecuredService service = new SecuredService(backends, issuer, folder)) {
      ManagedChannel channel = service.channel();
      String token = token("billing", issuer.key());
      Refused refused = Refused.by(() -> getUser(SecuredService.stub(channel, token), "olivia"));

      assertThat(refused.reason()).isEqualTo("ISSUER_UNAVAILABLE");
      assertThat(refused.message()).contains("could not be fetched yet; try again");
      assertThat(service.reads()).isZero();
      issuer.setDown(false);
      assertThat(Eventually.get(reason(channel, token), "USER_NOT_FOUND"::equals)).isNotNull();
    }
  }

  @Test
  void getUser_issuerHangs_knownKeysAreAnsweredAndOthersRefused() throws IOException {
    try (SecuredService service = new SecuredService(backends, issuer, folder)) {
      ManagedChannel channel = service.channel();
      String known = token("billing", issuer.key());
      assertThat(Eventually.get(reason(channel, known), "USER_NOT_FOUND"::equals)).isNotNull();
      issuer.hang(new CompletableFuture<>());
      ECKey second = TestIssuer.newKey("second");
      CompletableFuture<String> other =
          CompletableFuture.supplyAsync(reason(channel, token("billing", second)));
      String another = token("reports", issuer.key());

      assertThat(reason(channel, known).get()).isEqualTo("USER_NOT_FOUND");
      assertThat(reason(channel, another).get()).isEqualTo("USER_NOT_FOUND");
      assertThat(other.join()).isEqualTo("UNAUTHENTICATED");
    }
  }

  @Test
  void calls_keysRotateUnderLoad_noneFails() throws Exception {
    try (SecuredService service = new SecuredService(backends, issuer, folder)) {
      ManagedChannel channel = service.channel();
      String olivia = TestService.fresh("olivia");
      String first = token("billing", issuer.key());
      assertThat(Eventually.get(reason(channel, first), "USER_NOT_FOUND"::equals)).isNotNull();
      createUser(SecuredService.stub(channel, first), olivia);
      Load load = new Load(channel, olivia, issuer.key());
      load.start();
      ECKey second = TestIssuer.newKey("second");
      // By the rule of docs/security.md: published first, then used, then the old one withdrawn.
      issuer.publish(issuer.key(), second);
      load.signWith(second);
      load.awaitCalls(500);
      issuer.publish(second);
      load.awaitCalls(500);

      assertThat(load.stop()).isEmpty();
    }
  }

  private static String token(String subject, ECKey key) {
    return TestIssuer.token(claims(subject, ALL).build(), key);
  }

  private static Supplier<String> reason(ManagedChannel channel, String token) {
    return () -> Refused.by(() -> getUser(SecuredService.stub(channel, token), "nobody")).reason();
  }

  /** Callers that read one user with a new token each time. */
  private static final class Load {

    private final ManagedChannel channel;
    private final String username;
    private final AtomicInteger calls = new AtomicInteger();
    private final List<Thread> callers = new ArrayList<>();
    private final List<Status> failures = new ArrayList<>(); // guarded by this
    private volatile ECKey key;
    private volatile boolean stopping;

    Load(ManagedChannel channel, String username, ECKey key) {
      this.channel = channel;
      this.username = username;
      this.key = key;
    }

    void start() {
      for (int i = 0; i < CALLERS; i++) {
        callers.add(Thread.ofVirtual().start(this::call));
      }
    }

    void signWith(ECKey other) {
      key = other;
    }

    void awaitCalls(int more) {
      int before = calls.get();
      var unused = Eventually.get(calls::get, now -> now >= before + more);
    }

    List<Status> stop() throws InterruptedException {
      stopping = true;
      for (Thread caller : callers) {
        caller.join(TimeUnit.SECONDS.toMillis(20));
      }
      synchronized (this) {
        return List.copyOf(failures);
      }
    }

    private void call() {
      while (!stopping) {
        try {
          var unused = getUser(SecuredService.stub(channel, token("billing", key)), username);
        } catch (StatusRuntimeException e) {
          failed(e.getStatus());
        }
        calls.incrementAndGet();
      }
    }

    private synchronized void failed(Status status) {
      failures.add(status);
    }
  }
}
