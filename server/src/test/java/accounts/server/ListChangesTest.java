package accounts.server;

import static accounts.v1.AuditAction.AUDIT_ACTION_CREATED;
import static accounts.v1.AuditAction.AUDIT_ACTION_REMOVED;
import static accounts.v1.AuditAction.AUDIT_ACTION_UPDATED;
import static accounts.v1.EntityKind.ENTITY_KIND_MEMBERSHIP;
import static accounts.v1.EntityKind.ENTITY_KIND_ORGANIZATION;
import static accounts.v1.EntityKind.ENTITY_KIND_USER;
import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.Role.ROLE_OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AuditEntry;
import accounts.v1.CreateUserRequest;
import accounts.v1.ListChangesRequest;
import accounts.v1.ListChangesResponse;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who changed what, as a caller reads it from a server that does not ask who calls. */
final class ListChangesTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();

  @Test
  void listChanges_lifeOfAMembership_isInBothTrailsByRevision() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    service.change(organization, member, ROLE_ADMIN, owner);
    service.remove(organization, member, member);
    service.add(organization, member, ROLE_MEMBER, owner);
    AuditEntry.Builder entry =
        AuditEntry.newBuilder()
            .setEntityKind(ENTITY_KIND_MEMBERSHIP)
            .setOrganizationName(organization)
            .setUsername(member)
            .setActingUser(owner);
    List<AuditEntry> life =
        List.of(
            revision(entry, 1).setAction(AUDIT_ACTION_CREATED).setRoleAfter(ROLE_MEMBER).build(),
            revision(entry, 2)
                .setAction(AUDIT_ACTION_UPDATED)
                .setRoleBefore(ROLE_MEMBER)
                .setRoleAfter(ROLE_ADMIN)
                .build(),
            revision(entry, 3)
                .setAction(AUDIT_ACTION_REMOVED)
                .setRoleBefore(ROLE_ADMIN)
                .setActingUser(member)
                .build(),
            revision(entry, 4).setAction(AUDIT_ACTION_CREATED).setRoleAfter(ROLE_MEMBER).build());

    assertThat(timeless(changes(ofUser(member)))).containsSubsequence(life).hasSize(5);
    assertThat(timeless(changes(ofOrganization(organization))))
        .containsSubsequence(life)
        .hasSize(6);
  }

  private static AuditEntry.Builder revision(AuditEntry.Builder entry, long revision) {
    return entry.clone().setFromRevision(revision - 1).setToRevision(revision);
  }

  private static List<AuditEntry> timeless(ListChangesResponse response) {
    return response.getChangesList().stream()
        .map(entry -> entry.toBuilder().clearChangeTime().build())
        .toList();
  }

  @Test
  void listChanges_newOrganization_beginsWithItselfThenItsOwner() {
    String founder = service.newUser();
    String organization = service.newOrganization(founder);

    assertThat(timeless(changes(ofOrganization(organization))))
        .containsExactly(
            AuditEntry.newBuilder()
                .setEntityKind(ENTITY_KIND_ORGANIZATION)
                .setOrganizationName(organization)
                .setAction(AUDIT_ACTION_CREATED)
                .setToRevision(1)
                .setActingUser(founder)
                .build(),
            AuditEntry.newBuilder()
                .setEntityKind(ENTITY_KIND_MEMBERSHIP)
                .setOrganizationName(organization)
                .setUsername(founder)
                .setAction(AUDIT_ACTION_CREATED)
                .setToRevision(1)
                .setActingUser(founder)
                .setRoleAfter(ROLE_OWNER)
                .build());
  }

  @Test
  void listChanges_user_hasRequestIdsTimesAndNamesOfFields() {
    String name = TestService.fresh("user");
    String requestId = UUID.randomUUID().toString();
    Instant before = Instant.now().minusMillis(1);
    var unused =
        service
            .stub()
            .createUser(
                CreateUserRequest.newBuilder()
                    .setUsername(name)
                    .setFirstName("Olivia")
                    .setLastName("Ray")
                    .setRequestId(requestId)
                    .build());
    rename(name, "Liv");
    ListChangesResponse response = changes(ofUser(name));

    assertThat(timeless(response))
        .containsExactly(
            AuditEntry.newBuilder()
                .setEntityKind(ENTITY_KIND_USER)
                .setUsername(name)
                .setAction(AUDIT_ACTION_CREATED)
                .setToRevision(1)
                .setRequestId(requestId)
                .build(),
            AuditEntry.newBuilder()
                .setEntityKind(ENTITY_KIND_USER)
                .setUsername(name)
                .setAction(AUDIT_ACTION_UPDATED)
                .setFromRevision(1)
                .setToRevision(2)
                .setActingUser(name)
                .addChangedFields("first_name")
                .build());
    assertThat(User.getDescriptor().getFields())
        .extracting(FieldDescriptor::getName)
        .contains("first_name", "last_name");
    assertThat(response.getChangesList())
        .extracting(entry -> instant(entry.getChangeTime()))
        .allMatch(time -> !time.isBefore(before) && !time.isAfter(Instant.now()));
    assertThat(response.toString()).doesNotContain("Liv", "Ray");
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  @Test
  void listChanges_refusedAndNothingChanged_addNone() {
    String name = service.newUser();
    assertThat(Refused.by(() -> service.createUser(name)).reason())
        .isEqualTo("USER_ALREADY_EXISTS");
    rename(name, "Olivia");

    assertThat(changes(ofUser(name)).getChangesCount()).isEqualTo(1);
  }

  private static void rename(String name, String firstName) {
    var unused =
        service
            .stub()
            .updateUser(
                UpdateUserRequest.newBuilder()
                    .setUser(User.newBuilder().setUsername(name).setFirstName(firstName))
                    .build());
  }

  @Test
  void listChanges_organizationByAnotherSpelling_isTheSame() {
    String organization = service.newOrganization(service.newUser());

    assertThat(changes(ofOrganization(organization.replace('-', ' '))))
        .isEqualTo(changes(ofOrganization(organization)));
  }

  @Test
  void listChanges_nobody_isNotFound() {
    assertThat(Refused.by(() -> changes(ofUser("nobody"))).reason()).isEqualTo("USER_NOT_FOUND");
    assertThat(Refused.by(() -> changes(ofOrganization("nothing"))).reason())
        .isEqualTo("ORGANIZATION_NOT_FOUND");
  }

  @Test
  void listChanges_leftEveryOrganization_keepsItsTrail() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);
    service.remove(organization, member, owner);

    assertThat(changes(ofUser(member)).getChangesList())
        .extracting(AuditEntry::getAction)
        .containsExactly(AUDIT_ACTION_CREATED, AUDIT_ACTION_CREATED, AUDIT_ACTION_REMOVED);
  }

  // Pages.

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000, Integer.MAX_VALUE})
  void listChanges_anyPageSize_listsAllOnce(int size) {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    for (int i = 0; i < 4; i++) {
      service.newMember(organization, ROLE_MEMBER, owner);
    }
    service.newOrganization(owner);

    assertThat(allPages(ofOrganization(organization).setPageSize(size)))
        .isEqualTo(changes(ofOrganization(organization)).getChangesList())
        .hasSize(6);
    assertThat(allPages(ofUser(owner).setPageSize(size)))
        .isEqualTo(changes(ofUser(owner)).getChangesList())
        .hasSize(3);
  }

  private static List<AuditEntry> allPages(ListChangesRequest.Builder request) {
    List<AuditEntry> all = new ArrayList<>();
    do {
      ListChangesResponse page = changes(request);
      assertThat(page.getChangesCount()).isLessThanOrEqualTo(request.getPageSize());
      all.addAll(page.getChangesList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return all;
  }

  @Test
  void listChanges_noPageSize_isFifty() {
    String name = service.newUser();
    for (int i = 0; i < 50; i++) {
      rename(name, "Olivia" + i);
    }
    ListChangesResponse first = changes(ofUser(name));

    assertThat(first.getChangesCount()).isEqualTo(50);
    assertThat(changes(ofUser(name).setPageToken(first.getNextPageToken())).getChangesList())
        .extracting(AuditEntry::getToRevision)
        .containsExactly(51L);
  }

  @Test
  void listChanges_tokenOfAnotherTrail_isRefused() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String token = changes(ofUser(owner).setPageSize(1)).getNextPageToken();

    for (ListChangesRequest.Builder other :
        List.of(ofOrganization(organization), ofUser(service.newUser()))) {
      assertThat(Refused.by(() -> changes(other.setPageToken(token))).fields())
          .containsExactly("page_token");
    }
  }

  // Appended to the token's place.
  @ParameterizedTest
  @ValueSource(strings = {"x", "ICA", "!", "IA"})
  void listChanges_tokenTamperedWith_isRefused(String text) {
    String owner = service.newUser();
    service.newOrganization(owner);
    String token = changes(ofUser(owner).setPageSize(1)).getNextPageToken();

    assertThat(Refused.by(() -> changes(ofUser(owner).setPageToken(token + text))).fields())
        .containsExactly("page_token");
  }

  @Test
  void listChanges_malformed_namesEveryField() {
    assertThat(Refused.by(() -> changes(ListChangesRequest.newBuilder().setPageSize(-1))).fields())
        .containsExactlyInAnyOrder("subject", "page_size");
    assertThat(Refused.by(() -> changes(ofUser("no name"))).fields()).containsExactly("username");
    assertThat(Refused.by(() -> changes(ofOrganization("!"))).fields())
        .containsExactly("organization_name");
  }

  private static ListChangesResponse changes(ListChangesRequest.Builder request) {
    return service.stub().listChanges(request.build());
  }

  private static ListChangesRequest.Builder ofUser(String name) {
    return ListChangesRequest.newBuilder().setUsername(name);
  }

  private static ListChangesRequest.Builder ofOrganization(String name) {
    return ListChangesRequest.newBuilder().setOrganizationName(name);
  }
}
