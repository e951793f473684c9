package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.Entity;
import accounts.v1.Membership;
import accounts.v1.Organization;
import accounts.v1.OrganizationState;
import accounts.v1.Role;
import accounts.v1.User;
import accounts.v1.UserState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what an export makes of entities that were not all there at one moment. */
final class ExportWriterTest {

  @TempDir private Path folder = Path.of("");

  private static Entity user(String username, UserState state) {
    return Entity.newBuilder()
        .setUser(User.newBuilder().setUsername(username).setState(state))
        .build();
  }

  private static Entity organization(String name, OrganizationState state) {
    return Entity.newBuilder()
        .setOrganization(
            Organization.newBuilder()
                .setOrganizationName(name)
                .setDisplayName(name)
                .setFoundingUser("olivia")
                .setState(state))
        .build();
  }

  private static Entity member(String organization, String username, Role role) {
    return Entity.newBuilder()
        .setMembership(
            Membership.newBuilder()
                .setOrganizationName(organization)
                .setUsername(username)
                .setRole(role))
        .build();
  }

  /** What is there when it is read again; owners by organization. */
  private record Later(Map<String, User> users, Map<String, String> owners) implements ExportReads {

    private static final Later NOTHING = new Later(Map.of(), Map.of());

    @Override
    public Optional<User> user(String username) {
      return Optional.ofNullable(users.get(username));
    }

    @Override
    public boolean hasOrganization(String name) {
      return owners.containsKey(name);
    }

    @Override
    public Optional<User> owner(String organization) {
      return Optional.ofNullable(owners.get(organization)).flatMap(this::user);
    }
  }

  private record Written(List<String> lines, ExportSummary summary) {}

  private Written written(Later later, Entity... entities) throws Exception {
    try (ExportWriter writer = new ExportWriter(folder, 1_000, later)) {
      for (Entity entity : entities) {
        writer.add(entity);
      }
      return new Written(Files.readAllLines(writer.write()), writer.summary("t"));
    }
  }

  @Test
  void write_userBeingDeleted_isLeftOutWithItsMembershipsAndFoundsNothing() throws Exception {
    Written written =
        written(
            Later.NOTHING,
            member("acme", "olivia", Role.ROLE_OWNER),
            member("acme", "marc", Role.ROLE_OWNER),
            organization("acme", OrganizationState.ORGANIZATION_STATE_ACTIVE),
            user("olivia", UserState.USER_STATE_DELETING),
            user("marc", UserState.USER_STATE_ACTIVE));

    assertThat(written.summary()).isEqualTo(new ExportSummary(1, 0, 1, 1, 2, "t"));
    assertThat(written.lines())
        .containsExactly(
            "{\"user\":{\"username\":\"marc\"}}",
            "{\"organization\":{\"organization_name\":\"acme\",\"founding_user\":\"marc\"}}");
  }

  @Test
  void write_organizationBeingDeleted_isLeftOutWithItsMemberships() throws Exception {
    Written written =
        written(
            Later.NOTHING,
            organization("acme", OrganizationState.ORGANIZATION_STATE_DELETING),
            user("marc", UserState.USER_STATE_ACTIVE),
            user("olivia", UserState.USER_STATE_ACTIVE),
            member("acme", "olivia", Role.ROLE_OWNER),
            member("acme", "marc", Role.ROLE_MEMBER));

    assertThat(written.lines()).hasSize(2).allMatch(line -> line.startsWith("{\"user\""));
    assertThat(written.summary()).isEqualTo(new ExportSummary(2, 0, 0, 0, 3, "t"));
  }

  @Test
  void write_organizationThatHasNoOwnerLaterEither_isLeftOutWithItsMemberships() throws Exception {
    Written written =
        written(
            Later.NOTHING,
            organization("acme", OrganizationState.ORGANIZATION_STATE_ACTIVE),
            member("acme", "marc", Role.ROLE_MEMBER),
            user("marc", UserState.USER_STATE_ACTIVE),
            organization("beta", OrganizationState.ORGANIZATION_STATE_ACTIVE));

    assertThat(written.lines()).containsExactly("{\"user\":{\"username\":\"marc\"}}");
    assertThat(written.summary()).isEqualTo(new ExportSummary(1, 0, 0, 0, 3, "t"));
  }

  @Test
  void write_namesOfWhichOneBeginsLikeAnother_areNotMixed() throws Exception {
    Written written =
        written(
            Later.NOTHING,
            organization("a-b", OrganizationState.ORGANIZATION_STATE_ACTIVE),
            member("a-b", "marc", Role.ROLE_OWNER),
            user("marc", UserState.USER_STATE_ACTIVE),
            user("olivia", UserState.USER_STATE_ACTIVE),
            organization("a", OrganizationState.ORGANIZATION_STATE_ACTIVE),
            member("a", "olivia", Role.ROLE_OWNER),
            member("a", "marc", Role.ROLE_MEMBER));

    assertThat(written.lines())
        .containsExactly(
            "{\"user\":{\"username\":\"marc\"}}",
            "{\"user\":{\"username\":\"olivia\"}}",
            "{\"organization\":{\"organization_name\":\"a\",\"founding_user\":\"olivia\"}}",
            "{\"membership\":{\"organization_name\":\"a\",\"member_username\":\"marc\","
                + "\"role\":\"ROLE_MEMBER\",\"adding_user\":\"olivia\"}}",
            "{\"organization\":{\"organization_name\":\"a-b\",\"founding_user\":\"marc\"}}");
  }

  @Test
  void write_membershipsOfUsersWithoutLine_areLeftOutAndFoundNothing() throws Exception {
    Written written =
        written(
            Later.NOTHING,
            organization("acme", OrganizationState.ORGANIZATION_STATE_ACTIVE),
            member("acme", "olivia", Role.ROLE_OWNER),
            member("acme", "liam", Role.ROLE_MEMBER),
            member("acme", "zoe", Role.ROLE_OWNER),
            user("zoe", UserState.USER_STATE_ACTIVE));

    assertThat(written.summary()).isEqualTo(new ExportSummary(1, 0, 1, 1, 2, "t"));
    assertThat(written.lines())
        .containsExactly(
            "{\"user\":{\"username\":\"zoe\"}}",
            "{\"organization\":{\"organization_name\":\"acme\",\"founding_user\":\"zoe\"}}");
  }

  @Test
  void write_noOwnerSeen_isFoundedByOneWhoIsReadAgainAndGetsALine() throws Exception {
    User liam = user("liam", UserState.USER_STATE_SUSPENDED).getUser();
    Written written =
        written(
            new Later(Map.of("liam", liam), Map.of("acme", "liam")),
            organization("acme", OrganizationState.ORGANIZATION_STATE_ACTIVE),
            member("acme", "olivia", Role.ROLE_ADMIN),
            user("olivia", UserState.USER_STATE_ACTIVE));

    assertThat(written.summary()).isEqualTo(new ExportSummary(2, 1, 1, 2, 0, "t"));
    assertThat(written.lines())
        .containsExactly(
            "{\"user\":{\"username\":\"liam\"}}",
            "{\"user\":{\"username\":\"olivia\"}}",
            "{\"organization\":{\"organization_name\":\"acme\",\"founding_user\":\"liam\"}}",
            "{\"membership\":{\"organization_name\":\"acme\",\"member_username\":\"olivia\","
                + "\"role\":\"ROLE_ADMIN\",\"adding_user\":\"liam\"}}",
            "{\"suspension\":{\"username\":\"liam\"}}");
  }

  @Test
  void write_ownerReadAgainWasSeenAsMember_hasOneLineAndOneMembership() throws Exception {
    User marc = user("marc", UserState.USER_STATE_ACTIVE).getUser();
    Written written =
        written(
            new Later(Map.of("marc", marc), Map.of("acme", "marc")),
            organization("acme", OrganizationState.ORGANIZATION_STATE_ACTIVE),
            member("acme", "marc", Role.ROLE_MEMBER),
            user("marc", UserState.USER_STATE_ACTIVE));

    assertThat(written.summary()).isEqualTo(new ExportSummary(1, 0, 1, 1, 0, "t"));
    assertThat(written.lines())
        .containsExactly(
            "{\"user\":{\"username\":\"marc\"}}",
            "{\"organization\":{\"organization_name\":\"acme\",\"founding_user\":\"marc\"}}");
  }

  @Test
  void write_deletionsThatWereGivenUpMeanwhile_leaveNothingOut() throws Exception {
    User olivia = user("olivia", UserState.USER_STATE_ACTIVE).getUser();
    Written written =
        written(
            new Later(Map.of("olivia", olivia), Map.of("acme", "olivia")),
            user("olivia", UserState.USER_STATE_DELETING),
            organization("acme", OrganizationState.ORGANIZATION_STATE_DELETING),
            member("acme", "olivia", Role.ROLE_OWNER));

    assertThat(written.summary()).isEqualTo(new ExportSummary(1, 0, 1, 1, 0, "t"));
    assertThat(written.lines()).hasSize(2);
  }
}
