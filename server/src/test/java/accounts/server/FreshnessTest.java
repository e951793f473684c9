package accounts.server;

import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.local.LocalCache;
import accounts.v1.CheckAccessRequest;
import accounts.v1.Consistency;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetMembershipResponse;
import accounts.v1.GetUserRequest;
import accounts.v1.Role;
import accounts.v1.Source;
import accounts.v1.SuspendUserRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one instance acknowledged, every other one shows at once, the cached path included. */
@Timeout(120)
final class FreshnessTest {

  private static final Map<String, String> SETTINGS = Map.of("ACCOUNTS_CACHE_TIMEOUT", "500ms");

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService one = backends.start(SETTINGS);
  @AutoClose private static final TestService two = backends.start(SETTINGS);
  @AutoClose private static final TestService three = backends.start(SETTINGS);

  /** The instance that cannot reach the cache: what it takes for it is gone. */
  @AutoClose private static final TestService cutOff = backends.start(cutOff());

  private static Map<String, String> cutOff() {
    try (LocalCache gone = LocalCache.start()) {
      return Map.of("MOMENTO_LOCAL_ENDPOINT", gone.endpoint(), "ACCOUNTS_CACHE_TIMEOUT", "500ms");
    }
  }

  private static GetMembershipResponse get(
      TestService service, String organization, String member) {
    return service
        .stub()
        .getMembership(
            GetMembershipRequest.newBuilder()
                .setOrganizationName(organization)
                .setUsername(member)
                .build());
  }

  private static boolean isAllowed(TestService service, String organization, String member) {
    return service
        .stub()
        .checkAccess(
            CheckAccessRequest.newBuilder()
                .setOrganizationName(organization)
                .setUsername(member)
                .setRequiredRole(ROLE_MEMBER)
                .build())
        .getAllowed();
  }

  /** Reads through an instance until the answer comes from the cache. */
  private static void awaitCached(TestService service, String organization, String member) {
    var unused =
        Eventually.get(
            () -> get(service, organization, member),
            answer -> answer.getSource() == Source.SOURCE_CACHE);
  }

  @RepeatedTest(10)
  void removeUserFromOrganization_throughOneInstance_isRefusedThroughEveryOtherAtOnce() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String member = one.newMember(organization, ROLE_ADMIN, owner);
    List<TestService> others = List.of(two, three, cutOff);
    others.subList(0, 2).forEach(other -> awaitCached(other, organization, member));

    one.remove(organization, member, owner);

    assertThat(others)
        .allSatisfy(other -> {
          assertThat(Refused.by(() -> get(other, organization, member)).reason())
              .isEqualTo("MEMBERSHIP_NOT_FOUND");
          assertThat(isAllowed(other, organization, member)).isFalse();
          assertThat(Refused.by(() -> other.add(organization, owner, ROLE_MEMBER, member)).reason())
              .isIn("ROLE_REQUIRED", "MEMBERSHIP_ALREADY_EXISTS");
        });
  }

  @RepeatedTest(3)
  void removeUserFromOrganization_throughTheOneWithoutCache_isRefusedThroughEveryOtherAtOnce() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String member = one.newMember(organization, ROLE_ADMIN, owner);
    awaitCached(one, organization, member);
    awaitCached(two, organization, member);
    awaitCached(three, organization, member);

    assertThat(cutOff.remove(organization, member, owner).getRevision()).isEqualTo(2);

    assertThat(List.of(one, two, three))
        .allSatisfy(other ->
            assertThat(Refused.by(() -> get(other, organization, member)).metadata())
                .containsEntry("revision", "2"));
  }

  @RepeatedTest(3)
  void suspendUser_throughTheOneWithoutCache_isRefusedThroughEveryOtherAtOnce() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String member = one.newMember(organization, ROLE_ADMIN, owner);
    List<TestService> others = List.of(one, two, three);
    assertThat(others)
        .allSatisfy(other -> assertThat(isAllowed(other, organization, member)).isTrue());

    var suspended =
        cutOff.stub().suspendUser(SuspendUserRequest.newBuilder().setUsername(member).build());

    assertThat(suspended.getUser().getRevision()).isEqualTo(2);
    assertThat(others)
        .allSatisfy(other -> {
          assertThat(isAllowed(other, organization, member)).isFalse();
          assertThat(Refused.by(() -> other.remove(organization, member, member)).reason())
              .isEqualTo("USER_SUSPENDED");
        });
  }

  @RepeatedTest(5)
  void changeMemberRole_throughEachInTurn_isSeenByAll() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String member = one.newMember(organization, ROLE_MEMBER, owner);
    List<TestService> instances = List.of(one, two, three);
    for (int i = 0; i < 6; i++) {
      Role role = i % 2 == 0 ? ROLE_ADMIN : ROLE_MEMBER;
      long revision = instances.get(i % 3).change(organization, member, role, owner).getRevision();

      assertThat(instances)
          .allSatisfy(instance ->
              assertThat(get(instance, organization, member).getMembership().getRevision())
                  .isEqualTo(revision));
    }
  }

  @Test
  void getUser_absentEverywhereThenCreated_isFoundEverywhere() {
    List<String> names = IntStream.range(0, 5).mapToObj(i -> TestService.fresh("late")).toList();
    for (String name : names) {
      assertThat(List.of(one, two, three))
          .allSatisfy(instance ->
              assertThat(Refused.by(() -> instance.getUser(name)).reason())
                  .isEqualTo("USER_NOT_FOUND"));
      two.createUser(name);

      assertThat(List.of(one, two, three, cutOff))
          .allSatisfy(instance ->
              assertThat(instance.getUser(name).getUser().getUsername()).isEqualTo(name));
    }
  }

  @Test
  void getUser_bounded_isAnsweredFromMemoryAndNotOlderThanTheBound() {
    String name = one.newUser();
    GetUserRequest bounded =
        GetUserRequest.newBuilder()
            .setUsername(name)
            .setConsistency(Consistency.CONSISTENCY_BOUNDED)
            .build();
    var unused =
        Eventually.get(
            () -> one.stub().getUser(bounded),
            answer -> answer.getSource() == Source.SOURCE_NEAR_CACHE);

    assertThat(one.stub().getUser(bounded.toBuilder().setMinRevision(1).build()).getUser())
        .isEqualTo(one.getUser(name).getUser());
  }

  @Test
  void everyWrite_cacheStoppedForAllMeanwhile_isSeenByAllAtOnceAndAfterwards() {
    try (TestBackends own = new TestBackends();
        TestService first = own.start(SETTINGS);
        TestService second = own.start(SETTINGS)) {
      String owner = first.newUser();
      String organization = first.newOrganization(owner);
      String member = first.newMember(organization, ROLE_MEMBER, owner);
      awaitCached(second, organization, member);
      own.cache().stop();
      first.change(organization, member, ROLE_ADMIN, owner);

      assertThat(get(second, organization, member).getMembership().getRole()).isEqualTo(ROLE_ADMIN);
      own.cache().restart();
      assertThat(get(second, organization, member).getMembership().getRole()).isEqualTo(ROLE_ADMIN);
      awaitCached(second, organization, member);
      assertThat(get(second, organization, member).getMembership().getRole()).isEqualTo(ROLE_ADMIN);
    }
  }
}
