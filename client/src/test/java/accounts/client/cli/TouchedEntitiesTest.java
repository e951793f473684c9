package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests which changes of an import wait for which. */
final class TouchedEntitiesTest {

  private final InFlight inFlight = new InFlight();

  @BeforeEach
  void start() {
    inFlight.add(membership("olivias-org", "marc", "olivia"));
  }

  @Test
  void mustWait_otherMemberOfTheOrganization_goesOn() {
    assertThat(inFlight.mustWait(membership("Olivia's Org", "ann", "olivia"))).isFalse();
  }

  @Test
  void mustWait_addingUserIsBeingAdded_waits() {
    assertThat(inFlight.mustWait(membership("Olivia's Org", "ann", "marc"))).isTrue();
  }

  @Test
  void mustWait_organizationInUse_waits() {
    assertThat(inFlight.mustWait(organization("OLIVIAS ORG"))).isTrue();
  }

  @Test
  void mustWait_nameThatMightBeSpeltOtherwise_waitsForAllOrganizations() {
    assertThat(inFlight.mustWait(organization("Straße"))).isTrue();
  }

  @Test
  void mustWait_otherOrganization_goesOn() {
    assertThat(inFlight.mustWait(organization("Café Ole"))).isFalse();
  }

  @Test
  void mustWait_userInUse_waits() {
    assertThat(inFlight.mustWait(user("marc"))).isTrue();
  }

  @Test
  void mustWait_afterRemoval_goesOn() {
    inFlight.remove(membership("olivias-org", "marc", "olivia"));

    assertThat(inFlight.mustWait(user("marc"))).isFalse();
  }

  private static TouchedEntities user(String username) {
    return TouchedEntities.of(CreateUserRequest.newBuilder().setUsername(username).build());
  }

  private static TouchedEntities organization(String name) {
    return TouchedEntities.of(
        CreateOrganizationRequest.newBuilder()
            .setOrganizationName(name)
            .setFoundingUser("nobody")
            .build());
  }

  private static TouchedEntities membership(String organization, String username, String by) {
    return TouchedEntities.of(
        AddUserToOrganizationRequest.newBuilder()
            .setOrganizationName(organization)
            .setMemberUsername(username)
            .setAddingUser(by)
            .build());
  }
}
