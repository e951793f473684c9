package accounts.server;

import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.Role.ROLE_OWNER;
import static accounts.v1.Role.ROLE_UNSPECIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.Role;
import io.grpc.Status;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what: every acting role against every role that is granted or revoked. */
final class RolesTest {

  private static final List<Role> ROLES = List.of(ROLE_OWNER, ROLE_ADMIN, ROLE_MEMBER);

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();

  private static final String OWNER = service.newUser();
  private static final String ORGANIZATION = service.newOrganization(OWNER);

  static Stream<Arguments> pairs() {
    return actors().flatMap(acting -> ROLES.stream().map(role -> Arguments.of(acting, role)));
  }

  static Stream<Arguments> triples() {
    return actors()
        .flatMap(acting ->
            ROLES.stream()
                .flatMap(before ->
                    ROLES.stream()
                        .filter(after -> after != before)
                        .map(after -> Arguments.of(acting, before, after))));
  }

  /** Unspecified: no member. */
  private static Stream<Role> actors() {
    return Stream.concat(ROLES.stream(), Stream.of(ROLE_UNSPECIFIED));
  }

  private static String actor(Role role) {
    return role == ROLE_UNSPECIFIED
        ? service.newUser()
        : service.newMember(ORGANIZATION, role, OWNER);
  }

  private static boolean mayManage(Role acting, Role... roles) {
    return acting == ROLE_OWNER || (acting == ROLE_ADMIN && !Set.of(roles).contains(ROLE_OWNER));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void addUserToOrganization_byRole_isDoneOrDenied(Role acting, Role granted) {
    String actor = actor(acting);
    String member = service.newUser();

    if (mayManage(acting, granted)) {
      assertThat(service.add(ORGANIZATION, member, granted, actor).getRole()).isEqualTo(granted);
    } else {
      assertDenied(
          Refused.by(() -> service.add(ORGANIZATION, member, granted, actor)), actor, acting);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void removeUserFromOrganization_byRole_isDoneOrDenied(Role acting, Role revoked) {
    String actor = actor(acting);
    String member = service.newMember(ORGANIZATION, revoked, OWNER);

    if (mayManage(acting, revoked)) {
      assertThat(service.remove(ORGANIZATION, member, actor).getRevision()).isEqualTo(2);
    } else {
      assertDenied(Refused.by(() -> service.remove(ORGANIZATION, member, actor)), actor, acting);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ROLE_OWNER", "ROLE_ADMIN", "ROLE_MEMBER"})
  void removeUserFromOrganization_itself_isDoneWhateverItsRole(Role role) {
    String leaver = actor(role);

    assertThat(service.remove(ORGANIZATION, leaver, leaver).getRole()).isEqualTo(role);
    assertThat(Refused.by(() -> service.remove(ORGANIZATION, leaver, leaver)).reason())
        .isEqualTo("MEMBERSHIP_NOT_FOUND");
  }

  @Test
  void removeUserFromOrganization_lastOwnerItself_isRefused() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    service.newMember(organization, ROLE_ADMIN, owner);

    assertThat(Refused.by(() -> service.remove(organization, owner, owner)).reason())
        .isEqualTo("LAST_OWNER");
  }

  @Test
  void changeMemberRole_adminMakesItselfMember_isDone() {
    String admin = actor(ROLE_ADMIN);

    assertThat(service.change(ORGANIZATION, admin, ROLE_MEMBER, admin).getRole())
        .isEqualTo(ROLE_MEMBER);
  }

  @ParameterizedTest
  @MethodSource("triples")
  void changeMemberRole_byRole_isDoneOrDenied(Role acting, Role before, Role after) {
    String actor = actor(acting);
    String member = service.newMember(ORGANIZATION, before, OWNER);

    if (mayManage(acting, before, after)) {
      assertThat(service.change(ORGANIZATION, member, after, actor).getRole()).isEqualTo(after);
    } else {
      assertDenied(
          Refused.by(() -> service.change(ORGANIZATION, member, after, actor)), actor, acting);
    }
  }

  private static void assertDenied(Refused refused, String actor, Role acting) {
    assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(refused.reason()).isEqualTo("ROLE_REQUIRED");
    assertThat(refused.metadata())
        .containsEntry("username", actor)
        .containsEntry("role", acting == ROLE_UNSPECIFIED ? "NONE" : acting.name());
  }

  @Test
  void changeMemberRole_adminMakesItselfOwner_isDenied() {
    String admin = actor(ROLE_ADMIN);

    assertDenied(
        Refused.by(() -> service.change(ORGANIZATION, admin, ROLE_OWNER, admin)),
        admin,
        ROLE_ADMIN);
  }

  @Test
  void addUserToOrganization_demotedThroughAnotherInstance_isDenied() throws Exception {
    try (TestService other = backends.start()) {
      String admin = actor(ROLE_ADMIN);
      assertThat(other.newMember(ORGANIZATION, ROLE_MEMBER, admin)).isNotEmpty();

      assertThat(service.change(ORGANIZATION, admin, ROLE_MEMBER, OWNER).getRevision())
          .isEqualTo(2);

      assertDenied(
          Refused.by(() -> other.add(ORGANIZATION, other.newUser(), ROLE_MEMBER, admin)),
          admin,
          ROLE_MEMBER);
    }
  }

  @Test
  void removeUserFromOrganization_byAMemberOfNoStanding_doesNotTellWhoIsAMember() {
    String member = actor(ROLE_MEMBER);
    String stranger = service.newUser();

    assertDenied(
        Refused.by(() -> service.remove(ORGANIZATION, stranger, member)), member, ROLE_MEMBER);
  }
}
