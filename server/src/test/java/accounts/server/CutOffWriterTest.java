package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.local.Door;
import accounts.v1.GetUserResponse;
import accounts.v1.Source;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One of three instances cannot reach the cache, and takes writes. */
@Timeout(180)
final class CutOffWriterTest {

  private static final Map<String, String> REPAIR = Map.of("ACCOUNTS_REPAIR", "true");
  private static final int WRITES = 5;

  @AutoClose private final TestBackends backends = new TestBackends();
  @AutoClose private final TestService one = backends.start(REPAIR);
  @AutoClose private final TestService two = backends.start(REPAIR);
  private final Door door = backends.cache().openDoor("cut off");
  private final TestParts parts = new TestParts();

  @AutoClose
  private final TestService cutOff =
      backends.start(
          Map.of(
              "ACCOUNTS_REPAIR", "true",
              "MOMENTO_LOCAL_ENDPOINT", door.endpoint(),
              "ACCOUNTS_CACHE_TIMEOUT", "200ms"),
          parts);

  @Test
  void writes_throughTheOneWithoutCache_areBroughtToItByTheOthers() {
    String changed = one.newUser();
    List<String> unrelated = Stream.generate(one::newUser).limit(20).toList();
    door.close();
    awaitRepair(changed);
    unrelated.forEach(name -> assertThat(cached(one, name).hasUser()).isTrue());
    int raises = parts.raises();
    int notices = parts.notices();

    for (int i = 0; i < WRITES; i++) {
      assertThat(cached(one, changed).hasUser()).isTrue();
      long began = System.nanoTime();
      long revision = rename(changed, "Name " + i);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(2500));
      assertThat(List.of(one, two, cutOff))
          .allSatisfy(service ->
              assertThat(service.getUser(changed).getUser().getRevision()).isEqualTo(revision));
    }

    assertThat(parts.raises()).as("raises").isEqualTo(raises);
    assertThat(parts.notices()).as("notices").isGreaterThanOrEqualTo(notices + WRITES);
    // All of them, but for a lease that lapses on a busy machine.
    assertThat(unrelated.stream().map(name -> two.getUser(name).getSource()))
        .as("reads of other keys")
        .filteredOn(Source.SOURCE_CACHE::equals)
        .hasSizeGreaterThanOrEqualTo(15);
  }

  /** The servers need a moment to find the stream, and to see that somebody reads it. */
  private void awaitRepair(String name) {
    var unused =
        Eventually.get(
            () -> {
              int raised = parts.raises();
              assertThat(rename(name, "Probe")).isPositive();
              return parts.raises() == raised;
            },
            withoutARaise -> withoutARaise);
  }

  private long rename(String username, String firstName) {
    return cutOff
        .stub()
        .updateUser(
            UpdateUserRequest.newBuilder()
                .setUser(User.newBuilder().setUsername(username).setFirstName(firstName))
                .build())
        .getUser()
        .getRevision();
  }

  private static GetUserResponse cached(TestService service, String username) {
    return Eventually.get(
        () -> service.getUser(username), answer -> answer.getSource() == Source.SOURCE_CACHE);
  }
}
