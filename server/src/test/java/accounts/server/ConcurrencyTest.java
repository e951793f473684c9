package accounts.server;

import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.Role.ROLE_OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AcceptInvitationRequest;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceFutureStub;
import accounts.v1.DeleteInvitationRequest;
import accounts.v1.GetMembershipRequest;
import accounts.v1.InviteUserRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Many at once, through two instances. */
@Timeout(120)
final class ConcurrencyTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService one = backends.start();
  @AutoClose private static final TestService two = backends.start();

  private static AccountServiceFutureStub stub(int i) {
    return AccountServiceGrpc.newFutureStub((i % 2 == 0 ? one : two).channel());
  }

  /** Starts calls at once and returns how often each outcome occurred: OK, or a reason. */
  private static Map<String, Long> outcomes(int calls, IntFunction<ListenableFuture<?>> call) {
    List<? extends ListenableFuture<?>> started = IntStream.range(0, calls).mapToObj(call).toList();
    return started.stream()
        .map(ConcurrencyTest::outcome)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static String outcome(ListenableFuture<?> call) {
    try {
      call.get();
      return "OK";
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException failure) {
        return Refused.of(failure).reason();
      }
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @RepeatedTest(5)
  void addUserToOrganization_fiftyAtOnceForOneMember_oneIsDone() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String member = one.newUser();

    Map<String, Long> outcomes =
        outcomes(
            50,
            i ->
                stub(i)
                    .addUserToOrganization(
                        TestService.adding(organization, member, ROLE_MEMBER, owner)));

    assertThat(outcomes).isEqualTo(Map.of("OK", 1L, "MEMBERSHIP_ALREADY_EXISTS", 49L));
  }

  @RepeatedTest(10)
  void changeMemberRole_bothOwnersDemoteEachOther_oneOwnerStays() {
    String first = one.newUser();
    String organization = one.newOrganization(first);
    String second = one.newMember(organization, ROLE_OWNER, first);

    Map<String, Long> outcomes =
        outcomes(
            2,
            i ->
                stub(i)
                    .changeMemberRole(
                        TestService.changing(
                            organization,
                            i == 0 ? first : second,
                            ROLE_ADMIN,
                            i == 0 ? second : first)));

    assertThat(outcomes).isEqualTo(Map.of("OK", 1L, "ROLE_REQUIRED", 1L));
    assertThat(owners(organization)).isEqualTo(1);
  }

  @RepeatedTest(10)
  void removeUserFromOrganization_bothOwnersLeave_oneOwnerStays() {
    String first = one.newUser();
    String organization = one.newOrganization(first);
    String second = one.newMember(organization, ROLE_OWNER, first);

    Map<String, Long> outcomes =
        outcomes(
            2,
            i -> {
              String leaving = i == 0 ? first : second;
              return stub(i)
                  .removeUserFromOrganization(TestService.removing(organization, leaving, leaving));
            });

    assertThat(outcomes).isEqualTo(Map.of("OK", 1L, "LAST_OWNER", 1L));
    assertThat(owners(organization)).isEqualTo(1);
  }

  @RepeatedTest(3)
  void owners_tenLeaveOrAreDemotedAtOnce_oneOwnerStays() {
    String first = one.newUser();
    String organization = one.newOrganization(first);
    List<String> owners =
        IntStream.range(0, 10)
            .mapToObj(i -> i == 0 ? first : one.newMember(organization, ROLE_OWNER, first))
            .toList();

    Map<String, Long> outcomes =
        outcomes(
            10,
            i ->
                i % 2 == 0
                    ? stub(i)
                        .removeUserFromOrganization(
                            TestService.removing(organization, owners.get(i), owners.get(i)))
                    : stub(i)
                        .changeMemberRole(
                            TestService.changing(
                                organization, owners.get(i), ROLE_MEMBER, owners.get(i))));

    assertThat(outcomes).isEqualTo(Map.of("OK", 9L, "LAST_OWNER", 1L));
    assertThat(owners(organization)).isEqualTo(1);
  }

  private static int owners(String organization) {
    return one.stub()
        .listOrganizationMembers(
            ListOrganizationMembersRequest.newBuilder()
                .setOrganizationName(organization)
                .setRole(ROLE_OWNER)
                .build())
        .getMembershipsCount();
  }

  @RepeatedTest(3)
  void updateUser_thirtyAtOnceWithTheSameExpectedRevision_oneIsDone() {
    String username = one.newUser();

    Map<String, Long> outcomes = outcomes(30, i -> stub(i).updateUser(renaming(username, i, 1)));

    assertThat(outcomes).isEqualTo(Map.of("OK", 1L, "REVISION_MISMATCH", 29L));
  }

  @RepeatedTest(3)
  void updateUser_twentyAtOnce_countTwenty() {
    String username = one.newUser();

    Map<String, Long> outcomes = outcomes(20, i -> stub(i).updateUser(renaming(username, i, 0)));

    assertThat(outcomes).isEqualTo(Map.of("OK", 20L));
    assertThat(two.getUser(username).getUser().getRevision()).isEqualTo(21);
  }

  private static UpdateUserRequest renaming(String username, int i, long expected) {
    return UpdateUserRequest.newBuilder()
        .setUser(User.newBuilder().setUsername(username).setFirstName("Name " + i))
        .setExpectedRevision(expected)
        .build();
  }

  @RepeatedTest(5)
  void acceptInvitation_manyAtOnce_succeedsOnce() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String invited = one.newUser();
    invite(organization, invited, owner);

    Map<String, Long> outcomes =
        outcomes(20, i -> stub(i).acceptInvitation(accepting(organization, invited)));

    assertThat(outcomes).containsEntry("OK", 1L);
    assertThat(one.membership(organization, invited).getRevision()).isEqualTo(1);
  }

  @RepeatedTest(5)
  void acceptInvitation_whileItIsWithdrawn_oneOfThemSucceeds() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String invited = one.newUser();
    invite(organization, invited, owner);
    DeleteInvitationRequest withdrawing =
        DeleteInvitationRequest.newBuilder()
            .setOrganizationName(organization)
            .setUsername(invited)
            .setActingUser(owner)
            .build();

    Map<String, Long> outcomes =
        outcomes(
            2,
            i ->
                i == 0
                    ? stub(i).acceptInvitation(accepting(organization, invited))
                    : stub(i).deleteInvitation(withdrawing));

    assertThat(outcomes)
        .isIn(
            Map.of("OK", 1L, "INVITATION_NOT_FOUND", 1L),
            Map.of("OK", 1L, "MEMBERSHIP_ALREADY_EXISTS", 1L));
    boolean isMember = outcomes.containsKey("MEMBERSHIP_ALREADY_EXISTS");
    if (isMember) { // and can be seen by whoever was told so
      var membership =
          one.stub()
              .getMembership(
                  GetMembershipRequest.newBuilder()
                      .setOrganizationName(organization)
                      .setUsername(invited)
                      .build());
      assertThat(membership.hasMembership()).isTrue();
    }
  }

  private static void invite(String organization, String invited, String owner) {
    var unused =
        one.stub()
            .inviteUser(
                InviteUserRequest.newBuilder()
                    .setOrganizationName(organization)
                    .setUsername(invited)
                    .setRole(ROLE_MEMBER)
                    .setActingUser(owner)
                    .build());
  }

  private static AcceptInvitationRequest accepting(String organization, String invited) {
    return AcceptInvitationRequest.newBuilder()
        .setOrganizationName(organization)
        .setActingUser(invited)
        .build();
  }
}
