package accounts.server;

import static accounts.v1.AccessReason.ACCESS_REASON_NOT_A_MEMBER;
import static accounts.v1.AccessReason.ACCESS_REASON_ROLE;
import static accounts.v1.AccessReason.ACCESS_REASON_ROLE_TOO_LOW;
import static accounts.v1.AccessReason.ACCESS_REASON_USER_NOT_FOUND;
import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.Role.ROLE_OWNER;
import static accounts.v1.Role.ROLE_UNSPECIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.local.LocalCache;
import accounts.v1.AccessCheck;
import accounts.v1.AccessResult;
import accounts.v1.BatchCheckAccessRequest;
import accounts.v1.BatchCheckAccessResponse;
import accounts.v1.CheckAccessRequest;
import accounts.v1.CheckAccessResponse;
import accounts.v1.Consistency;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetMembershipResponse;
import accounts.v1.Role;
import accounts.v1.Source;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What users may do, from a caller's side. */
final class AccessCallsTest {

  @AutoClose private static final TestBackends backends = new TestBackends();

  @AutoClose
  private static final TestService service =
      backends.start(Map.of("ACCOUNTS_EPOCH_LEASE", TestBackends.LONG_LEASE));

  private final String owner = service.newUser();
  private final String organization = service.newOrganization(owner);

  @Test
  void checkAccess_memberWithTheRole_isAllowed() {
    String admin = service.newMember(organization, ROLE_ADMIN, owner);

    CheckAccessResponse answer = check(organization, admin, ROLE_ADMIN);

    assertThat(answer.getAllowed()).isTrue();
    assertThat(answer.getReason()).isEqualTo(ACCESS_REASON_ROLE);
    assertThat(answer.getRole()).isEqualTo(ROLE_ADMIN);
    assertThat(answer.getMembershipRevision()).isEqualTo(1);
    assertThat(answer.hasAge()).isTrue();
  }

  @Test
  void checkAccess_memberWithALowerRole_isRefusedWithItsRole() {
    String member = service.newMember(organization, ROLE_MEMBER, owner);

    CheckAccessResponse answer = check(organization, member, ROLE_ADMIN);

    assertThat(answer.getAllowed()).isFalse();
    assertThat(answer.getReason()).isEqualTo(ACCESS_REASON_ROLE_TOO_LOW);
    assertThat(answer.getRole()).isEqualTo(ROLE_MEMBER);
  }

  @Test
  void checkAccess_nobody_isAnAnswerAndNoError() {
    CheckAccessResponse answer = check("no-such-org", "nobody", ROLE_MEMBER);

    assertThat(answer.getAllowed()).isFalse();
    assertThat(answer.getReason()).isEqualTo(ACCESS_REASON_USER_NOT_FOUND);
    assertThat(answer.getRole()).isEqualTo(ROLE_UNSPECIFIED);
    assertThat(answer.getMembershipRevision()).isZero();
    assertThat(answer.getUserRevision()).isZero();
  }

  @Test
  void checkAccess_removedOrDemoted_isRefusedByTheNextCall() {
    String admin = service.newMember(organization, ROLE_ADMIN, owner);
    assertThat(check(organization, admin, ROLE_ADMIN).getAllowed()).isTrue();

    service.change(organization, admin, ROLE_MEMBER, owner);
    assertThat(check(organization, admin, ROLE_ADMIN).getReason())
        .isEqualTo(ACCESS_REASON_ROLE_TOO_LOW);
    service.remove(organization, admin, owner);

    assertThat(check(organization, admin, ROLE_ADMIN).getReason())
        .isEqualTo(ACCESS_REASON_NOT_A_MEMBER);
    assertThat(check(organization, admin, ROLE_ADMIN).getMembershipRevision()).isEqualTo(3);
  }

  @Test
  void checkAccess_stranger_isNoMember() {
    CheckAccessResponse answer = check(organization, service.newUser(), ROLE_MEMBER);

    assertThat(answer.getReason()).isEqualTo(ACCESS_REASON_NOT_A_MEMBER);
    assertThat(answer.getUserRevision()).isEqualTo(1);
  }

  @Test
  void checkAccess_minRevisionOfTheMembership_isNotOneOfTheUser() {
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    service.change(organization, member, ROLE_ADMIN, owner);
    CheckAccessRequest request = asking(organization, member, ROLE_ADMIN).setMinRevision(2).build();

    CheckAccessResponse answer = service.stub().checkAccess(request);

    assertThat(answer.getAllowed()).isTrue();
    assertThat(answer.getMembershipRevision()).isEqualTo(2);
    assertThat(answer.getUserRevision()).isEqualTo(1);
  }

  @Test
  void batchCheckAccess_hundredUsersFromTheStore_areAllAnswered() {
    List<AccessCheck> checks =
        java.util.stream.IntStream.range(0, 99)
            .mapToObj(i -> checkOf(organization, "nobody-" + i, ROLE_MEMBER))
            .collect(java.util.stream.Collectors.toList());
    checks.add(checkOf(organization, owner, ROLE_OWNER));
    BatchCheckAccessRequest request =
        BatchCheckAccessRequest.newBuilder()
            .addAllChecks(checks)
            .setConsistency(Consistency.CONSISTENCY_STORE)
            .build();

    assertThat(service.stub().batchCheckAccess(request).getResultsList())
        .extracting(AccessResult::getAllowed)
        .containsOnlyOnce(true)
        .hasSize(100);
  }

  @Test
  void checkAccess_consistencyStore_isAnsweredByTheStore() {
    CheckAccessRequest request =
        asking(organization, owner, ROLE_OWNER)
            .setConsistency(Consistency.CONSISTENCY_STORE)
            .build();

    assertThat(service.stub().checkAccess(request).getSource()).isEqualTo(Source.SOURCE_STORE);
  }

  @Test
  void checkAccess_minRevisionThatDoesNotExist_isInvalid() {
    CheckAccessRequest request = asking(organization, owner, ROLE_OWNER).setMinRevision(2).build();

    assertThat(Refused.by(() -> service.stub().checkAccess(request)).fields())
        .containsExactly("min_revision");
  }

  @Test
  void checkAccess_noRole_isInvalid() {
    CheckAccessRequest request = asking(organization, owner, ROLE_UNSPECIFIED).build();

    assertThat(Refused.by(() -> service.stub().checkAccess(request)).fields())
        .containsExactly("required_role");
  }

  @Test
  void batchCheckAccess_faultsInside_areNamedByTheirIndexes() {
    BatchCheckAccessRequest request =
        BatchCheckAccessRequest.newBuilder()
            .addChecks(checkOf(organization, owner, ROLE_OWNER))
            .addChecks(checkOf("\t", "a#b", ROLE_UNSPECIFIED))
            .build();

    assertThat(Refused.by(() -> service.stub().batchCheckAccess(request)).fields())
        .containsExactly(
            "checks[1].organization_name", "checks[1].username", "checks[1].required_role");
  }

  @Test
  void batchCheckAccess_tooMany_isInvalid() {
    BatchCheckAccessRequest.Builder request = BatchCheckAccessRequest.newBuilder();
    for (int i = 0; i < 101; i++) {
      request.addChecks(checkOf(organization, owner, ROLE_OWNER));
    }

    assertThat(Refused.by(() -> service.stub().batchCheckAccess(request.build())).fields())
        .containsExactly("checks");
  }

  @Test
  void batchCheckAccess_mixed_answersInTheRequestsOrderAsSpelled() {
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    String spelling = organization.replace('-', ' ');
    List<AccessCheck> checks =
        List.of(
            checkOf(organization, member, ROLE_ADMIN),
            checkOf(spelling, member, ROLE_MEMBER),
            checkOf(organization, "nobody", ROLE_MEMBER),
            checkOf(organization, owner, ROLE_OWNER));

    BatchCheckAccessResponse response = batch(checks);

    assertThat(response.getResultsList()).extracting(AccessResult::getCheck).isEqualTo(checks);
    assertThat(response.getResultsList())
        .extracting(AccessResult::getReason)
        .containsExactly(
            ACCESS_REASON_ROLE_TOO_LOW,
            ACCESS_REASON_ROLE,
            ACCESS_REASON_USER_NOT_FOUND,
            ACCESS_REASON_ROLE);
    assertThat(response.getResultsList())
        .extracting(AccessResult::getAllowed)
        .containsExactly(false, true, false, true);
    assertThat(response.getResultsList())
        .extracting(AccessResult::getMembershipRevision)
        .containsExactly(1L, 1L, 0L, 1L);
  }

  // What it costs.

  @Test
  void checkAccess_cached_takesOneItemMoreThanGetMembership() {
    GetMembershipRequest get =
        GetMembershipRequest.newBuilder()
            .setOrganizationName(organization)
            .setUsername(owner)
            .build();
    var unused =
        Eventually.get(
            () -> service.stub().getMembership(get),
            (GetMembershipResponse answer) -> answer.getSource() == Source.SOURCE_CACHE);
    var unusedCheck =
        Eventually.get(
            () -> check(organization, owner, ROLE_OWNER),
            (CheckAccessResponse answer) -> answer.getSource() == Source.SOURCE_CACHE);

    assertThat(itemsOf(() -> service.stub().getMembership(get).getSource()))
        .containsExactly(Map.entry("Get", 1L));
    assertThat(itemsOf(() -> check(organization, owner, ROLE_OWNER).getSource()))
        .containsExactly(Map.entry("Get", 2L));
  }

  @Test
  void batchCheckAccess_minRevision_isOneOfMemberships() {
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    service.change(organization, member, ROLE_ADMIN, owner);
    BatchCheckAccessRequest.Builder request =
        BatchCheckAccessRequest.newBuilder()
            .addChecks(checkOf(organization, member, ROLE_ADMIN))
            .addChecks(checkOf(organization, member, ROLE_OWNER));

    assertThat(service.stub().batchCheckAccess(request.setMinRevision(2).build()).getResultsList())
        .extracting(AccessResult::getMembershipRevision)
        .containsExactly(2L, 2L);
    assertThat(
            Refused.by(() -> service.stub().batchCheckAccess(request.setMinRevision(3).build()))
                .fields())
        .containsExactly("min_revision");
  }

  @Test
  void batchCheckAccess_hundredCached_takesOneCallOfTheCache() {
    List<AccessCheck> checks =
        java.util.stream.IntStream.range(0, 100)
            .mapToObj(i -> checkOf(organization, "nobody-" + i, ROLE_MEMBER))
            .toList();
    var unused =
        Eventually.get(
            () -> batch(checks),
            (BatchCheckAccessResponse answer) -> answer.getSource() == Source.SOURCE_CACHE);
    Map<String, Long> before = backends.cache().door(LocalCache.MAIN).calls();

    assertThat(batch(checks).getSource()).isEqualTo(Source.SOURCE_CACHE);

    assertThat(grown(before, backends.cache().door(LocalCache.MAIN).calls()))
        .hasSize(1)
        .containsValue(1L);
  }

  /** Returns the items that a call takes of the cache, by method; it must be a hit. */
  private static Map<String, Long> itemsOf(Supplier<Source> call) {
    Map<String, Long> before = backends.cache().door(LocalCache.MAIN).items();
    assertThat(call.get()).isEqualTo(Source.SOURCE_CACHE);
    return grown(before, backends.cache().door(LocalCache.MAIN).items());
  }

  private static Map<String, Long> grown(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> grown = new java.util.HashMap<>(after);
    before.forEach((method, count) -> grown.merge(method, -count, Long::sum));
    grown.values().removeIf(count -> count == 0);
    return grown;
  }

  private static CheckAccessResponse check(String organization, String username, Role required) {
    return service.stub().checkAccess(asking(organization, username, required).build());
  }

  private static CheckAccessRequest.Builder asking(
      String organization, String username, Role required) {
    return CheckAccessRequest.newBuilder()
        .setOrganizationName(organization)
        .setUsername(username)
        .setRequiredRole(required);
  }

  private static AccessCheck checkOf(String organization, String username, Role required) {
    return AccessCheck.newBuilder()
        .setOrganizationName(organization)
        .setUsername(username)
        .setRequiredRole(required)
        .build();
  }

  private static BatchCheckAccessResponse batch(List<AccessCheck> checks) {
    return service
        .stub()
        .batchCheckAccess(BatchCheckAccessRequest.newBuilder().addAllChecks(checks).build());
  }
}
