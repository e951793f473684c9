package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import accounts.client.real.RealServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Runs the tutorial with the library against the real service. */
final class WalkTest {

  @AutoClose private static final RealServer server = RealServer.start();

  @AutoClose
  private static final AccountsClient client =
      AccountsClient.builder(server.address())
          .readDeadline(Duration.ofSeconds(20))
          .writeDeadline(Duration.ofSeconds(20))
          .build();

  private final BlockingAccountsClient accounts = client.blocking();

  @Test
  void tutorial_stepByStep_answersAsDescribed() {
    accounts.createUser("olivia", "Olivia", "Park");
    accounts.createUser("marc", "Marc", "Lee");
    accounts.createUser("ana", "Ana", "Sánchez");
    NewOrganization created = accounts.createOrganization("Olivia's Org", "olivia");
    assertThat(created.organization().organizationName()).isEqualTo("olivias-org");
    assertThat(created.founderMembership().role()).isEqualTo(Role.OWNER);

    assertThat(accounts.findMembership("olivias-org", "marc")).isEmpty();
    AccountsException refused =
        catchThrowableOfType(
            AccountsException.PermissionDenied.class,
            () -> accounts.addUserToOrganization("olivias-org", "ana", Role.MEMBER, "marc"));
    assertThat(refused.reason()).isEqualTo(ErrorReason.ROLE_REQUIRED);

    accounts.addUserToOrganization("Olivia's Org", "marc", Role.ADMIN, "olivia");
    accounts.addUserToOrganization("olivias-org", "ana", Role.MEMBER, "marc");

    assertThat(accounts.getMembership("olivias-org", "marc").value().role()).isEqualTo(Role.ADMIN);
    assertThat(accounts.listOrganizationMembers("olivias-org").stream())
        .extracting(Membership::username)
        .containsExactly("ana", "marc", "olivia");
    assertThat(accounts.listUsers("", PageOption.size(1)).stream())
        .extracting(User::username)
        .containsSubsequence("ana", "marc", "olivia");
    assertThat(accounts.listUsers("ma", PageOption.size(1)).items())
        .containsExactly(accounts.getUser("marc").value());
    assertThat(accounts.listOrganizations("olivias-").items())
        .containsExactly(accounts.getOrganization("olivias-org").value());
    assertThat(accounts.listUsers("x").isIncomplete()).isFalse();
    assertThat(accounts.listUserMemberships("marc").items())
        .extracting(Membership::organizationName)
        .containsExactly("olivias-org");
  }

  @Test
  void readsAndChanges_ofEveryKind_returnTypedResults() {
    User user = accounts.createUser("liam", "Liam", "O'Neill");
    accounts.createOrganization("Liam's Org", "liam");

    User renamed = accounts.updateUser(UserUpdate.of("liam").firstName("William"));

    assertThat(renamed.revision()).isEqualTo(2);
    assertThat(accounts.getUser("liam").value()).isEqualTo(renamed);
    assertThat(accounts.getUser("liam", Consistency.STORE).source()).isEqualTo(Source.STORE);
    assertThat(accounts.batchGetUsers(List.of("liam", "nobody", "liam")).value()).hasSize(3);
    assertThat(accounts.getOrganization("Liam's Org").value().foundingUser()).isEqualTo("liam");
    assertThatThrownBy(() ->
            accounts.updateUser(
                UserUpdate.of("liam").lastName("X"), ChangeOption.expectedRevision(1)))
        .isInstanceOf(AccountsException.RevisionMismatch.class);
    assertThatThrownBy(() -> accounts.removeUserFromOrganization("liams-org", "liam", "liam"))
        .isInstanceOfSatisfying(
            AccountsException.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.LAST_OWNER));
    assertThat(user.revision()).isEqualTo(1);
  }
}
