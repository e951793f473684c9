package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.Consistency;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.Source;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.google.protobuf.FieldMask;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Two instances, one of which answers BOUNDED reads from memory what the other changes. */
final class HintsTest {

  @AutoClose private final TestBackends backends = new TestBackends();

  @Test
  void update_throughAnotherInstance_isSeenLongBeforeTheBound() {
    Map<String, String> longBound = Map.of("ACCOUNTS_BOUNDED_AGE", "1m");
    try (TestService writer = backends.start(longBound);
        TestService reader = backends.start(longBound)) {
      String user = kept(writer, reader);

      update(writer, user);

      await(reader, user, HintsTest::isUpdated);
    }
  }

  @Test
  void update_noHintComes_isSeenByAge() {
    Map<String, String> noHints =
        Map.of("ACCOUNTS_BOUNDED_AGE", "500ms", "ACCOUNTS_HINTS", "false");
    try (TestService writer = backends.start(noHints);
        TestService reader = backends.start(noHints)) {
      String user = kept(writer, reader);

      update(writer, user);

      var unused =
          Eventually.get(
              () -> agedWithin(Duration.ofMillis(500), reader, user), HintsTest::isUpdated);
    }
  }

  /** Creates a user that the reader then has in memory. */
  private static String kept(TestService writer, TestService reader) {
    String user = writer.newUser();
    await(reader, user, answer -> answer.getSource() == Source.SOURCE_NEAR_CACHE);
    return user;
  }

  /**
   * Reads the user and checks the age of the answer. The bound holds when the memory is looked up;
   * the age is counted until the answer is built, so it includes a part of the call's own time.
   */
  private static GetUserResponse agedWithin(Duration bound, TestService reader, String user) {
    long start = System.nanoTime();
    GetUserResponse answer = bounded(reader, user);
    Duration call = Duration.ofNanos(System.nanoTime() - start);
    Duration age = Duration.ofSeconds(answer.getAge().getSeconds(), answer.getAge().getNanos());
    assertThat(age).isLessThanOrEqualTo(bound.plus(call));
    return answer;
  }

  private static boolean isUpdated(GetUserResponse answer) {
    return answer.getUser().getRevision() == 2;
  }

  private static void await(TestService reader, String user, Predicate<GetUserResponse> condition) {
    var unused = Eventually.get(() -> bounded(reader, user), condition);
  }

  private static GetUserResponse bounded(TestService reader, String user) {
    return reader
        .stub()
        .getUser(
            GetUserRequest.newBuilder()
                .setUsername(user)
                .setConsistency(Consistency.CONSISTENCY_BOUNDED)
                .build());
  }

  private static void update(TestService writer, String user) {
    var unused =
        writer
            .stub()
            .updateUser(
                UpdateUserRequest.newBuilder()
                    .setUser(User.newBuilder().setUsername(user).setFirstName("Olive"))
                    .setUpdateMask(FieldMask.newBuilder().addPaths("first_name"))
                    .build());
  }
}
