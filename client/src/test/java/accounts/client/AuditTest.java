package accounts.client;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.fake.FakeServer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the lists of the audit trail. */
final class AuditTest {

  private static final UUID REQUEST = new UUID(0, 7);

  @RegisterExtension final FakeServer server = new FakeServer();

  private AccountsClient client;
  private BlockingAccountsClient accounts;

  @BeforeEach
  void seed() {
    client = AccountsClient.builder(server.address()).build();
    accounts = client.blocking();
    accounts.createUser("olivia", "Olivia", "Park");
    accounts.createUser("marc", "Marc", "Lee");
    accounts.createOrganization("Olivia's Org", "olivia");
    accounts.addUserToOrganization("olivias-org", "marc", Role.MEMBER, "olivia");
    accounts.changeMemberRole(
        "olivias-org", "marc", Role.ADMIN, "olivia", WriteOption.requestId(REQUEST));
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void listUserChanges_created_hasNoActingUser() {
    assertThat(accounts.listUserChanges("olivia").items().get(0))
        .satisfies(
            entry -> assertThat(entry.kind()).isEqualTo(EntityKind.USER),
            entry -> assertThat(entry.username()).contains("olivia"),
            entry -> assertThat(entry.organizationName()).isEmpty(),
            entry -> assertThat(entry.action()).isEqualTo(AuditAction.CREATED),
            entry -> assertThat(entry.actingUser()).isEmpty(),
            entry -> assertThat(entry.roleAfter()).isEmpty());
  }

  @Test
  void listOrganizationChanges_pageByPage_hasTypedEntries() {
    List<AuditEntry> all =
        accounts.listOrganizationChanges("Olivia's Org", PageOption.size(2)).stream().toList();

    assertThat(all).hasSize(4);
    assertThat(all.get(3))
        .isEqualTo(
            new AuditEntry(
                EntityKind.MEMBERSHIP,
                Optional.of("marc"),
                Optional.of("olivias-org"),
                AuditAction.UPDATED,
                1,
                2,
                Optional.of("olivia"),
                Optional.of("spiffe://example.org/test"),
                Optional.of(REQUEST.toString()),
                Instant.parse("2026-01-02T03:04:05Z"),
                List.of(),
                Optional.of(Role.MEMBER),
                Optional.of(Role.ADMIN),
                Optional.empty()));
  }

  @Test
  void listUserChanges_suspended_hasTheStateAndNobodyActing() {
    accounts.suspendUser("marc");

    assertThat(accounts.listUserChanges("marc").stream().toList())
        .filteredOn(entry -> entry.changedFields().contains("state"))
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.stateAfter()).contains(UserState.SUSPENDED),
            entry -> assertThat(entry.actingUser()).isEmpty());
  }
}
