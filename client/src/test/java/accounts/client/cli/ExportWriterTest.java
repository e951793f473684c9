package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.Entity;
import accounts.v1.Membership;
import accounts.v1.Organization;
import accounts.v1.OrganizationState;
import accounts.v1.Role;
import accounts.v1.User;
import accounts.v1.UserState;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
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

  private record Written(List<String> lines, ExportSummary summary) {}

  private Written written(Entity... entities) throws IOException {
    StringWriter out = new StringWriter();
    try (SortedLines lines = new SortedLines(folder, 1_000)) {
      ExportRecords records = new ExportRecords(lines);
      for (Entity entity : entities) {
        records.add(entity);
      }
      ExportWriter writer = new ExportWriter(out, records.deletedUsers());
      lines.drainTo(writer::take);
      writer.end();
      return new Written(out.toString().lines().toList(), writer.summary(records.leftOut(), "t"));
    }
  }

  @Test
  void take_userBeingDeleted_isLeftOutWithItsMembershipsAndFoundsNothing() throws Exception {
    Written written =
        written(
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
  void take_organizationBeingDeleted_isLeftOutWithItsMemberships() throws Exception {
    Written written =
        written(
            organization("acme", OrganizationState.ORGANIZATION_STATE_DELETING),
            member("acme", "olivia", Role.ROLE_OWNER),
            member("acme", "marc", Role.ROLE_MEMBER));

    assertThat(written.lines()).isEmpty();
    assertThat(written.summary()).isEqualTo(new ExportSummary(0, 0, 0, 0, 3, "t"));
  }

  @Test
  void take_organizationWithoutOwnerThatWasSeen_isLeftOutWithItsMemberships() throws Exception {
    Written written =
        written(
            organization("acme", OrganizationState.ORGANIZATION_STATE_ACTIVE),
            member("acme", "marc", Role.ROLE_MEMBER),
            organization("beta", OrganizationState.ORGANIZATION_STATE_ACTIVE));

    assertThat(written.lines()).isEmpty();
    assertThat(written.summary()).isEqualTo(new ExportSummary(0, 0, 0, 0, 3, "t"));
  }

  @Test
  void take_namesOfWhichOneBeginsLikeAnother_areNotMixed() throws Exception {
    Written written =
        written(
            organization("a-b", OrganizationState.ORGANIZATION_STATE_ACTIVE),
            member("a-b", "marc", Role.ROLE_OWNER),
            organization("a", OrganizationState.ORGANIZATION_STATE_ACTIVE),
            member("a", "olivia", Role.ROLE_OWNER),
            member("a", "marc", Role.ROLE_MEMBER));

    assertThat(written.lines())
        .containsExactly(
            "{\"organization\":{\"organization_name\":\"a\",\"founding_user\":\"olivia\"}}",
            "{\"membership\":{\"organization_name\":\"a\",\"member_username\":\"marc\","
                + "\"role\":\"ROLE_MEMBER\",\"adding_user\":\"olivia\"}}",
            "{\"organization\":{\"organization_name\":\"a-b\",\"founding_user\":\"marc\"}}");
  }
}
