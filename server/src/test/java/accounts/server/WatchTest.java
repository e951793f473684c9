package accounts.server;

import static accounts.v1.ChangeAction.CHANGE_ACTION_CREATED;
import static accounts.v1.ChangeAction.CHANGE_ACTION_ERASED;
import static accounts.v1.ChangeAction.CHANGE_ACTION_REMOVED;
import static accounts.v1.ChangeAction.CHANGE_ACTION_UPDATED;
import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.Role.ROLE_UNSPECIFIED;
import static accounts.v1.UserState.USER_STATE_SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import accounts.v1.Change;
import accounts.v1.SuspendUserRequest;
import accounts.v1.WatchRequest;
import io.grpc.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Watches over gRPC, of two instances that share the table's stream. */
@Timeout(180)
final class WatchTest {

  private static final Map<String, String> SETTINGS =
      Map.of("ACCOUNTS_REPAIR", "true", "ACCOUNTS_CONNECTION_AGE", "1h");

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService one = backends.start(SETTINGS);
  @AutoClose private static final TestService two = backends.start(SETTINGS);

  private static WatchRequest.Builder ofOrganization(String name) {
    return WatchRequest.newBuilder().setOrganizationName(name);
  }

  private static WatchRequest everything() {
    return WatchRequest.newBuilder().setEverything(true).build();
  }

  /** The servers need a moment to find the stream: until then changes are before their time. */
  @BeforeAll
  static void awaitFeed() {
    try (Watcher probe = Watcher.open(one, everything())) {
      var unused =
          Eventually.get(
              () -> {
                one.newUser();
                return probe.changes();
              },
              changes -> !changes.isEmpty());
    }
  }

  @Test
  void watch_organization_showsItsMembershipsThroughAnyInstance() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String member = one.newUser();
    try (Watcher first = Watcher.open(one, ofOrganization(organization).build());
        Watcher second = Watcher.open(two, ofOrganization(organization).build())) {
      one.add(organization, member, ROLE_MEMBER, owner);
      two.change(organization, member, ROLE_ADMIN, owner);
      one.remove(organization, member, owner);

      for (Watcher watcher : List.of(first, second)) {
        assertThat(changesOf(watcher, member))
            .extracting(Change::getAction, Change::getRevision, Change::getRole)
            .containsExactly(
                tuple(CHANGE_ACTION_CREATED, 1L, ROLE_MEMBER),
                tuple(CHANGE_ACTION_UPDATED, 2L, ROLE_ADMIN),
                tuple(CHANGE_ACTION_REMOVED, 3L, ROLE_UNSPECIFIED));
      }
    }
  }

  /** Waits until there is such a change, and returns all until then. */
  private static List<Change> until(Watcher watcher, Predicate<Change> last) {
    return Eventually.get(watcher::changes, changes -> changes.stream().anyMatch(last));
  }

  /** Waits for three of them; a repetition, which is allowed, does not occur without a takeover. */
  private static List<Change> changesOf(Watcher watcher, String member) {
    return Eventually.get(
        () ->
            watcher.changes().stream()
                .filter(change -> change.getUsername().equals(member))
                .toList(),
        changes -> changes.size() >= 3);
  }

  @Test
  void watch_user_showsItselfAndItsMemberships() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String user = one.newUser();
    try (Watcher watcher = Watcher.open(two, WatchRequest.newBuilder().setUsername(user).build())) {
      one.add(organization, user, ROLE_MEMBER, owner);
      one.stub().suspendUser(SuspendUserRequest.newBuilder().setUsername(user).build());

      assertThat(until(watcher, change -> change.getRole() == ROLE_MEMBER))
          .allMatch(change -> change.getUsername().equals(user));
      assertThat(until(watcher, change -> change.getState() == USER_STATE_SUSPENDED))
          .allMatch(Change::hasChangeTime);
    }
  }

  @Test
  void watch_refusedRequests_areNoChanges() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    try (Watcher watcher = Watcher.open(one, ofOrganization(organization).build())) {
      var unused = Refused.by(() -> one.remove(organization, owner, owner));
      one.newMember(organization, ROLE_MEMBER, owner);

      assertThat(until(watcher, change -> change.getRole() == ROLE_MEMBER))
          .noneMatch(change -> change.getAction() == CHANGE_ACTION_REMOVED);
    }
  }

  @Test
  void watch_itemDeletedByHand_isErased() {
    String user = one.newUser();
    try (Watcher watcher = Watcher.open(one, WatchRequest.newBuilder().setUsername(user).build())) {
      AttributeValue key = AttributeValue.fromS("USER#" + user);
      backends
          .client()
          .deleteItem(
              delete -> delete.tableName(backends.table()).key(Map.of("PK", key, "SK", key)))
          .join();

      assertThat(until(watcher, change -> change.getAction() == CHANGE_ACTION_ERASED).getLast())
          .matches(change -> change.getUsername().equals(user) && change.getRevision() == 0);
    }
  }

  @Test
  void watch_instanceStops_otherGoesOnFromTheTokenWithoutLossInOrder() throws Exception {
    String owner = two.newUser();
    String organization = two.newOrganization(owner);
    List<String> members = List.of(two.newUser(), two.newUser(), two.newUser());
    members.forEach(member -> two.add(organization, member, ROLE_MEMBER, owner));
    AtomicBoolean done = new AtomicBoolean();
    Map<String, Long> written = new HashMap<>();
    String token;
    try (TestService three = backends.start(SETTINGS);
        Watcher first = Watcher.open(three, ofOrganization(organization).build())) {
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; !done.get(); i++) {
                  String member = members.get(i % members.size());
                  var role = i / members.size() % 2 == 0 ? ROLE_ADMIN : ROLE_MEMBER;
                  written.put(member, two.change(organization, member, role, owner).getRevision());
                }
              });
      var unused = first.changes(10);
      three.stop();
      Refused end = first.refused();
      assertThat(end.code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(end.reason()).isEqualTo("WATCH_ENDED");
      token = end.metadata().getOrDefault("token", "");
      try (Watcher second =
          Watcher.open(two, ofOrganization(organization).setToken(token).build())) {
        assertThat(second.changes(10)).isNotEmpty();
        done.set(true);
        writer.join();
        var all =
            Eventually.get(
                () -> Stream.concat(first.changes().stream(), second.changes().stream()).toList(),
                changes ->
                    written.entrySet().stream()
                        .allMatch(last -> latest(changes, last.getKey()) == last.getValue()));
        members.forEach(member -> assertFirstsInOrder(all, member));
      }
    }
  }

  private static long latest(List<Change> changes, String member) {
    return changes.stream()
        .filter(change -> change.getUsername().equals(member))
        .mapToLong(Change::getRevision)
        .max()
        .orElse(0);
  }

  /**
   * Every revision is there from the first one seen on, and for the first time after the one
   * before.
   */
  private static void assertFirstsInOrder(List<Change> changes, String member) {
    Set<Long> seen = new HashSet<>();
    List<Long> firsts =
        changes.stream()
            .filter(change -> change.getUsername().equals(member))
            .map(Change::getRevision)
            .filter(seen::add)
            .toList();
    for (int i = 1; i < firsts.size(); i++) {
      assertThat(firsts.get(i)).as(member).isEqualTo(firsts.get(i - 1) + 1);
    }
  }

  @Test
  void watch_tokenOfAnotherSubject_isRefused() {
    String token;
    try (Watcher watcher = Watcher.open(one, everything())) {
      token = watcher.token();
    }
    Refused refused = Watcher.of(one, ofOrganization("other").setToken(token).build()).refused();

    assertThat(refused.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refused.fields()).containsExactly("token");
    assertThat(refused.message())
        .contains("(expected: empty, or token of a response of a watch of the same subject)");
  }

  @Test
  void watch_tokenOfAnotherTable_hasExpired() {
    try (TestBackends others = new TestBackends();
        TestService other = others.start(SETTINGS);
        Watcher watcher = Watcher.open(other, everything())) {
      WatchRequest request =
          WatchRequest.newBuilder().setEverything(true).setToken(watcher.token()).build();
      Refused refused = Watcher.of(one, request).refused();

      assertThat(refused.code()).isEqualTo(Status.Code.OUT_OF_RANGE);
      assertThat(refused.reason()).isEqualTo("WATCH_TOKEN_EXPIRED");
    }
  }

  @Test
  void watch_noSubject_namesTheChoice() {
    Refused refused = Watcher.of(one, WatchRequest.getDefaultInstance()).refused();

    assertThat(refused.fields()).containsExactly("subject");
  }

  @Test
  void watch_open_takesNoPlaceAmongCalls() {
    try (Watcher watcher = Watcher.open(one, everything())) {
      assertThat(watcher.isStalled()).isFalse();
      assertThat(Eventually.get(one::unreadUnits, units -> units == 0)).isZero();
    }
  }

  @Test
  void watch_instanceWithoutRepair_offersNone() {
    try (TestService without = backends.start()) {
      Refused refused = Watcher.of(without, everything()).refused();

      assertThat(refused.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(refused.reason()).isEqualTo("WATCH_NOT_OFFERED");
    }
  }

  @Test
  void watch_connectionGrowsOld_isCompletedBeforeItEnds() {
    try (TestService young =
            backends.start(Map.of("ACCOUNTS_REPAIR", "true", "ACCOUNTS_CONNECTION_AGE", "10s"));
        Watcher watcher = Watcher.open(young, everything())) {
      assertThat(Eventually.get(watcher::isCompleted, over -> over)).isTrue();
      assertThat(watcher.token()).isNotEmpty();
    }
  }

  @Test
  void watch_tooMany_areRefused() {
    try (TestService small =
            backends.start(Map.of("ACCOUNTS_REPAIR", "true", "ACCOUNTS_WATCHES", "1"));
        Watcher first = Watcher.open(small, everything())) {
      Refused refused = Watcher.of(small, everything()).refused();

      assertThat(refused.reason()).isEqualTo("OVERLOADED");
      assertThat(first.isCompleted()).isFalse();
    }
  }
}
