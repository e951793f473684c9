package accounts.cache.momento;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.async.CapturedLog;
import accounts.cache.CellAnswer;
import accounts.cache.CellKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Username;
import accounts.local.LocalCache;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import accounts.server.config.KeyFile;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class KeyRotationTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String REFUSED_BY_SDK = "topsecret-of-no-form";
  private static final CellKey CELL = CellKey.of("i", new UserKey(new Username("olivia")));

  @TempDir private Path folder;

  private final LocalMomento momento = new LocalMomento();
  private final LocalCache server = momento.server;
  private final Map<String, MomentoItems> clients = new ConcurrentHashMap<>();
  private final Map<String, LocalKey> keys = new ConcurrentHashMap<>();
  private final MomentoSessions sessions = new MomentoSessions(open("first"));
  @AutoClose private final CapturedLog log = CapturedLog.of(KeyRotation.class);
  private KeyRotation rotation;
  private MomentoCellCache cells;

  @BeforeEach
  void start() throws IOException {
    rotation = new KeyRotation(file("first")::read, "first", this::open, sessions, true);
    cells = new MomentoCellCache(sessions, new CellCodec(() -> 1, CellCodec.ANSWERS), LONG, LONG);
  }

  @AfterEach
  void close() {
    rotation.close();
    sessions.close();
    momento.close();
  }

  private MomentoSession open(String key) {
    if (key.equals(REFUSED_BY_SDK)) {
      throw new IllegalStateException("cannot read " + key);
    }
    LocalKey credentials = keys.getOrDefault(key, new LocalKey(key, server));
    MomentoItems client = credentials.items(momento.threads);
    clients.put(key, client);
    return new MomentoSession(client, credentials, LocalMomento.CACHE);
  }

  private KeyFile file(String key) throws IOException {
    return new KeyFile(Files.writeString(folder.resolve("key"), key));
  }

  /** Replaces the key in the file, and waits until it is in use or was found unusable. */
  private void replace(String key) throws IOException {
    var unused = file(key);
    rotation.checked().join();
  }

  /** Counts the calls with a key from now on. */
  private long counted(String key) {
    return server.faults().add(Rule.of(Fault.DELAY).clients(key));
  }

  private boolean isClosed(String key) {
    MomentoItems client = requireNonNull(clients.get(key));
    return client
        .reads()
        .get(ByteString.copyFromUtf8("any"))
        .handle((answer, failure) -> failure != null)
        .join();
  }

  @Test
  void checked_newKeyUnderLoad_isUsedAndNoCallFails() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger failed = new AtomicInteger();
    List<CompletableFuture<Integer>> load = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      load.add(CompletableFuture.supplyAsync(() -> callUntil(ended, failed)));
    }
    for (int i = 0; i < 5; i++) {
      replace("key-" + i);
      assertThat(get()).isEqualTo(new CellAnswer.Nothing());
    }
    ended.set(true);

    assertThat(load).allMatch(calls -> calls.join() > 0);
    assertThat(failed).hasValue(0);
    assertThat(List.of("first", "key-0", "key-3")).allMatch(this::isClosed);
    assertThat(isClosed("key-4")).isFalse();
  }

  private int callUntil(AtomicBoolean ended, AtomicInteger failed) {
    int calls = 0;
    while (!ended.get()) {
      if (get() instanceof CellAnswer.Unavailable) {
        failed.incrementAndGet();
      }
      calls++;
    }
    return calls;
  }

  private CellAnswer get() {
    return cells.get(CELL, CallScope.of(LONG)).join();
  }

  @Test
  void checked_newKey_noCallIsMadeWithTheOneBefore() throws Exception {
    replace("second");
    long first = counted("first");
    long second = counted("second");
    assertThat(get()).isEqualTo(new CellAnswer.Nothing());

    assertThat(server.faults().injected(first)).isZero();
    assertThat(server.faults().injected(second)).isEqualTo(1);
  }

  @Test
  void checked_callInProgress_endsOnTheOldSession() throws Exception {
    long held = server.faults().add(Rule.of(Fault.DROP).rpcs("Get").clients("first").limit(1));
    CallScope scope = CallScope.of(LONG);
    CompletableFuture<CellAnswer> call = cells.get(CELL, scope);
    await(() -> server.faults().injected(held) == 1);
    replace("second");
    boolean closedBefore = isClosed("first");
    scope.cancel();
    assertThat(call.get(1, TimeUnit.SECONDS)).isEqualTo(new CellAnswer.Unavailable());

    assertThat(closedBefore).isFalse();
    assertThat(isClosed("first")).isTrue();
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void checked_unchanged_opensNothing() throws Exception {
    replace("first\n");

    assertThat(clients).containsOnlyKeys("first");
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void checked_refusedKey_keepsTheLastAndSaysSoOnce() throws Exception {
    long rule = refuse("Get", "topsecret");
    replace("topsecret");
    replace("topsecret");

    assertKept("topsecret", "not accepted for reads of the cache: UNAUTHENTICATED");
    server.faults().remove(rule);
    replace("topsecret");
    assertThat(isClosed("first")).isTrue();
    assertThat(log.lines()).hasSize(3).noneMatch(line -> line.contains("topsecret"));
  }

  @Test
  void checked_keyThatMayNotWrite_keepsTheLast() throws Exception {
    refuse("SetIf", "topsecret");
    replace("topsecret");

    assertKept("topsecret", "not accepted for writes to the cache: UNAUTHENTICATED");
  }

  @Test
  void checked_keyThatMayNotPublish_keepsTheLast() throws Exception {
    refuse("Publish", "topsecret");
    replace("topsecret");

    assertKept("topsecret", "not accepted for its topics: UNAUTHENTICATED");
  }

  // Instances with the one key and the other would not see each other's changes.
  @Test
  void checked_keyOfAnotherCacheOfTheSameName_keepsTheLast() throws Exception {
    try (LocalCache other = LocalCache.start()) {
      other.createCache(LocalMomento.CACHE);
      keys.put("topsecret", new LocalKey("topsecret", other));
      replace("topsecret");

      assertKept("topsecret", "of another cache");
    }
  }

  @Test
  void checked_keyOfAnotherEndpoint_keepsTheLast() throws Exception {
    keys.put("topsecret", new LocalKey("topsecret", "localhost", server));
    replace("topsecret");

    assertKept(
        "topsecret", "of a cache at localhost (expected: at 127.0.0.1, as on all instances)");
  }

  @Test
  void checked_keyThatTheSdkRefuses_keepsTheLastAndIsNotShown() throws Exception {
    replace(REFUSED_BY_SDK);

    assertThat(get()).isEqualTo(new CellAnswer.Nothing());
    assertThat(log.lines())
        .singleElement()
        .asString()
        .endsWith(": refused by the SDK: IllegalStateException)");
  }

  @Test
  void checked_lastKeyWithdrawn_usesTheNewOneAllTheSame() throws Exception {
    server
        .faults()
        .add(Rule.of(Fault.ERROR).clients("first").status(Status.Code.UNAUTHENTICATED, ""));
    replace("second");

    assertThat(get()).isEqualTo(new CellAnswer.Nothing());
    assertThat(isClosed("first")).isTrue();
  }

  @Test
  void checked_unusableFile_keepsTheLastAndSaysSoOnce() throws Exception {
    replace("top secret");
    Files.delete(folder.resolve("key"));
    rotation.checked().join();
    assertThat(get()).isEqualTo(new CellAnswer.Nothing());
    replace("first");

    assertThat(log.lines())
        .containsExactly(
            "WARN Momento's key in the file cannot be used, the last one is kept (MOMENTO_API_KEY_FILE: not one word of ASCII characters)",
            "INFO Momento's key in the file can be used again");
  }

  private long refuse(String rpc, String key) {
    return server
        .faults()
        .add(Rule.of(Fault.ERROR).rpcs(rpc).clients(key).status(Status.Code.UNAUTHENTICATED, ""));
  }

  private void assertKept(String refused, String reason) {
    assertThat(get()).isEqualTo(new CellAnswer.Nothing());
    assertThat(isClosed("first")).isFalse();
    assertThat(isClosed(refused)).isTrue();
    assertThat(log.lines())
        .singleElement()
        .isEqualTo(
            "WARN Momento's key in the file cannot be used, the last one is kept (MOMENTO_API_KEY_FILE: %s)"
                .formatted(reason));
  }
}
