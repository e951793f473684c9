package accounts.server;

import static accounts.server.TestService.fresh;
import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.BatchGetMembershipsRequest;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.ChangeMemberRoleRequest;
import accounts.v1.Consistency;
import accounts.v1.CreateUserRequest;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListUserMembershipsRequest;
import accounts.v1.MembershipKey;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.google.protobuf.FieldMask;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import io.grpc.Status;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The table of errors in {@code docs/api.md}, row by row, through real stubs. */
final class ErrorRowsTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();

  private static Refused assertRefused(Status.Code code, String reason, ThrowingCallable call) {
    Refused refused = Refused.by(call);
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.info().getDomain()).isEqualTo("accounts");
    return refused;
  }

  private static Refused assertInvalid(ThrowingCallable call) {
    return assertRefused(Status.Code.INVALID_ARGUMENT, "INVALID_FIELD", call);
  }

  private static void assertResource(Refused refused, String type, String name) {
    ResourceInfo resource = refused.detail(ResourceInfo.class);
    assertThat(resource.getResourceType()).isEqualTo("accounts.v1." + type);
    assertThat(resource.getResourceName()).isEqualTo(name);
  }

  @Test
  void invalidField_severalAtOnce_areAllNamed() {
    CreateUserRequest request =
        CreateUserRequest.newBuilder()
            .setUsername("#/")
            .setLastName(" x")
            .setRequestId("1-1-1-1-1")
            .build();

    Refused refused = assertInvalid(() -> service.stub().createUser(request));

    assertThat(refused.fields())
        .containsExactly("username", "first_name", "last_name", "request_id");
    assertThat(refused.metadata())
        .containsEntry("fields", "username,first_name,last_name,request_id");
  }

  @Test
  void invalidField_unknownEnumNumbers_areNamedWithTheNumber() {
    AddUserToOrganizationRequest request =
        TestService.adding("org", "user", ROLE_ADMIN, "user").toBuilder().setRoleValue(77).build();

    Refused refused = assertInvalid(() -> service.stub().addUserToOrganization(request));

    assertThat(refused.fields()).containsExactly("role");
    assertThat(refused.message()).contains("role: 77 (expected: ");
  }

  @Test
  void invalidField_roleNotSet_isNamed() {
    AddUserToOrganizationRequest request =
        TestService.adding("org", "user", ROLE_ADMIN, "user").toBuilder().clearRole().build();

    assertThat(assertInvalid(() -> service.stub().addUserToOrganization(request)).fields())
        .containsExactly("role");
  }

  @Test
  void invalidField_readOptions_areNamed() {
    GetUserRequest request =
        GetUserRequest.newBuilder()
            .setUsername("x")
            .setConsistencyValue(9)
            .setMinRevision(-1)
            .build();

    assertThat(assertInvalid(() -> service.stub().getUser(request)).fields())
        .containsExactly("consistency", "min_revision");
  }

  @Test
  void invalidField_expectedRevisionBelowZero_isNamed() {
    ChangeMemberRoleRequest request =
        TestService.changing("org", "user", ROLE_ADMIN, "user").toBuilder()
            .setExpectedRevision(Long.MIN_VALUE)
            .build();

    assertThat(assertInvalid(() -> service.stub().changeMemberRole(request)).fields())
        .containsExactly("expected_revision");
  }

  @Test
  void invalidField_slugOfNothing_isNamed() {
    GetOrganizationRequest request =
        GetOrganizationRequest.newBuilder().setOrganizationName("!?").build();

    assertThat(assertInvalid(() -> service.stub().getOrganization(request)).fields())
        .containsExactly("organization_name");
  }

  @Test
  void invalidField_emptyBatch_isNamed() {
    assertThat(
            assertInvalid(
                    () -> service.stub().batchGetUsers(BatchGetUsersRequest.getDefaultInstance()))
                .fields())
        .containsExactly("usernames");
  }

  @Test
  void invalidField_batchTooLong_isNamed() {
    BatchGetMembershipsRequest.Builder request = BatchGetMembershipsRequest.newBuilder();
    for (int i = 0; i < 101; i++) {
      request.addKeys(MembershipKey.newBuilder().setOrganizationName("org").setUsername("u" + i));
    }

    assertThat(assertInvalid(() -> service.stub().batchGetMemberships(request.build())).fields())
        .containsExactly("keys");
  }

  @Test
  void invalidField_insideABatch_isNamedByItsIndex() {
    BatchGetMembershipsRequest request =
        BatchGetMembershipsRequest.newBuilder()
            .addKeys(MembershipKey.newBuilder().setOrganizationName("org").setUsername("user"))
            .addKeys(MembershipKey.newBuilder().setOrganizationName("\t").setUsername("a#b"))
            .build();

    assertThat(assertInvalid(() -> service.stub().batchGetMemberships(request)).fields())
        .containsExactly("keys[1].organization_name", "keys[1].username");
  }

  @Test
  void invalidField_hundredFaultsAtOnce_areAllNamedToAClientOfDefaultLimits() {
    BatchGetUsersRequest.Builder request = BatchGetUsersRequest.newBuilder();
    for (int i = 0; i < 100; i++) {
      request.addUsernames("🙂".repeat(200));
    }

    Refused refused = assertInvalid(() -> service.stub().batchGetUsers(request.build()));

    assertThat(refused.fields()).hasSize(100).contains("usernames[0]", "usernames[99]");
  }

  @Test
  void invalidField_everyFieldAsLongAsItGoes_arrivesAtAClientOfDefaultLimits() {
    String text = "🙂\u0001%".repeat(5_000);
    AddUserToOrganizationRequest request =
        TestService.adding(text, text, ROLE_ADMIN, text).toBuilder()
            .setRequestId(text)
            .clearRole()
            .build();

    assertThat(assertInvalid(() -> service.stub().addUserToOrganization(request)).fields())
        .containsExactly(
            "organization_name", "member_username", "role", "adding_user", "request_id");
  }

  @Test
  void invalidField_maskAsLongAsAMessage_arrivesShortened() {
    UpdateUserRequest request =
        renaming("user")
            .setUpdateMask(FieldMask.newBuilder().addPaths("x\u0000y".repeat(40_000)))
            .build();

    Refused refused = assertInvalid(() -> service.stub().updateUser(request));

    assertThat(refused.fields()).containsExactly("update_mask");
    assertThat(refused.message()).hasSizeLessThan(500).doesNotContain("\u0000");
  }

  @Test
  void invalidField_pageSizeBelowZero_isNamed() {
    ListUserMembershipsRequest request =
        ListUserMembershipsRequest.newBuilder().setUsername("x").setPageSize(-1).build();

    Refused refused = assertInvalid(() -> service.stub().listUserMemberships(request));

    assertThat(refused.message()).isEqualTo("page_size: -1 (expected: 0 or more)");
  }

  @Test
  void invalidField_severalLabels_areAllNamed() {
    Refused refused =
        assertInvalid(() ->
            service
                .stub()
                .createUser(
                    CreateUserRequest.newBuilder()
                        .setUsername(fresh("user"))
                        .setFirstName("Ann")
                        .setLastName("Lee")
                        .putLabels("A", "b")
                        .putLabels("team", "Ü x")
                        .putLabels("fine", "x")
                        .build()));

    assertThat(refused.fields()).containsExactly("labels", "labels");
    assertThat(refused.message())
        .contains(
            "labels: \"A\" (expected: a key of", "labels: \"team=Ü x\" (expected: a value of");
  }

  @Test
  void invalidField_pageTokenWithMoreBehindIt_saysWhatATokenIs() {
    String owner = service.newUser();
    service.newOrganization(owner);
    service.newOrganization(owner);
    ListUserMembershipsRequest.Builder request =
        ListUserMembershipsRequest.newBuilder().setUsername(owner).setPageSize(1);
    String token = service.stub().listUserMemberships(request.build()).getNextPageToken();
    ListUserMembershipsRequest altered = request.setPageToken(token + "A").build();

    Refused refused = assertInvalid(() -> service.stub().listUserMemberships(altered));

    assertThat(refused.message())
        .startsWith("page_token: \"" + token.substring(0, 10))
        .endsWith("(expected: empty, or next_page_token of a page of the same query)");
  }

  @Test
  void invalidField_roleOfAFilter_mayBeNone() {
    ListOrganizationMembersRequest request =
        ListOrganizationMembersRequest.newBuilder()
            .setOrganizationName("x")
            .setRoleValue(9)
            .build();

    Refused refused = assertInvalid(() -> service.stub().listOrganizationMembers(request));

    assertThat(refused.message())
        .isEqualTo(
            "role: 9 (expected: 0 (any), 1 (ROLE_OWNER), 2 (ROLE_ADMIN) or 3 (ROLE_MEMBER))");
  }

  @Test
  void userNotFound_get_namesTheUser() {
    String nobody = fresh("nobody");

    Refused refused =
        assertRefused(Status.Code.NOT_FOUND, "USER_NOT_FOUND", () -> service.getUser(nobody));

    assertThat(refused.metadata()).isEqualTo(Map.of("username", nobody, "revision", "0"));
    assertResource(refused, "User", nobody);
  }

  @Test
  void userNotFound_updateFoundAddAndList_isTheSame() {
    String nobody = fresh("nobody");
    String owner = service.newUser();
    String organization = service.newOrganization(owner);

    assertRefused(
        Status.Code.NOT_FOUND,
        "USER_NOT_FOUND",
        () -> service.stub().updateUser(renaming(nobody).build()));
    assertRefused(
        Status.Code.NOT_FOUND,
        "USER_NOT_FOUND",
        () -> service.createOrganization(fresh("org"), nobody));
    assertRefused(
        Status.Code.NOT_FOUND,
        "USER_NOT_FOUND",
        () -> service.add(organization, nobody, ROLE_MEMBER, owner));
    assertRefused(
        Status.Code.NOT_FOUND,
        "USER_NOT_FOUND",
        () ->
            service
                .stub()
                .listUserMemberships(
                    ListUserMembershipsRequest.newBuilder().setUsername(nobody).build()));
  }

  @Test
  void organizationNotFound_get_namesTheSlug() {
    Refused refused =
        assertRefused(
            Status.Code.NOT_FOUND,
            "ORGANIZATION_NOT_FOUND",
            () ->
                service
                    .stub()
                    .getOrganization(
                        GetOrganizationRequest.newBuilder()
                            .setOrganizationName("No Such Thing")
                            .build()));

    assertThat(refused.metadata())
        .isEqualTo(Map.of("organization_name", "no-such-thing", "revision", "0"));
    assertResource(refused, "Organization", "no-such-thing");
  }

  @Test
  void organizationNotFound_addChangeRemoveAndList_isTheSame() {
    String user = service.newUser();

    assertRefused(
        Status.Code.NOT_FOUND,
        "ORGANIZATION_NOT_FOUND",
        () -> service.add("no-such", user, ROLE_MEMBER, user));
    assertRefused(
        Status.Code.NOT_FOUND,
        "ORGANIZATION_NOT_FOUND",
        () -> service.change("no-such", user, ROLE_MEMBER, user));
    assertRefused(
        Status.Code.NOT_FOUND,
        "ORGANIZATION_NOT_FOUND",
        () -> service.remove("no-such", user, user));
    assertRefused(
        Status.Code.NOT_FOUND,
        "ORGANIZATION_NOT_FOUND",
        () ->
            service
                .stub()
                .listOrganizationMembers(
                    ListOrganizationMembersRequest.newBuilder()
                        .setOrganizationName("no-such")
                        .build()));
  }

  @Test
  void membershipNotFound_neverWas_hasRevisionZero() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String stranger = service.newUser();

    Refused refused =
        assertRefused(
            Status.Code.NOT_FOUND,
            "MEMBERSHIP_NOT_FOUND",
            () -> service.membership(organization, stranger));

    assertThat(refused.metadata())
        .isEqualTo(
            Map.of("organization_name", organization, "username", stranger, "revision", "0"));
    assertResource(refused, "Membership", organization + "/" + stranger);
  }

  @Test
  void membershipNotFound_changeAndRemove_isTheSame() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String stranger = service.newUser();

    assertRefused(
        Status.Code.NOT_FOUND,
        "MEMBERSHIP_NOT_FOUND",
        () -> service.change(organization, stranger, ROLE_ADMIN, owner));
    assertRefused(
        Status.Code.NOT_FOUND,
        "MEMBERSHIP_NOT_FOUND",
        () -> service.remove(organization, stranger, owner));
  }

  @Test
  void userAlreadyExists_again_namesTheUser() {
    String username = service.newUser();

    Refused refused =
        assertRefused(
            Status.Code.ALREADY_EXISTS, "USER_ALREADY_EXISTS", () -> service.createUser(username));

    assertThat(refused.metadata()).isEqualTo(Map.of("username", username));
    assertResource(refused, "User", username);
  }

  @Test
  void organizationAlreadyExists_otherSpelling_namesTheSlug() {
    String founder = service.newUser();
    String organization = service.newOrganization(founder);

    Refused refused =
        assertRefused(
            Status.Code.ALREADY_EXISTS,
            "ORGANIZATION_ALREADY_EXISTS",
            () -> service.createOrganization(organization.replace('-', ' '), founder));

    assertThat(refused.metadata()).isEqualTo(Map.of("organization_name", organization));
    assertResource(refused, "Organization", organization);
  }

  @Test
  void membershipAlreadyExists_again_namesBoth() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);

    Refused refused =
        assertRefused(
            Status.Code.ALREADY_EXISTS,
            "MEMBERSHIP_ALREADY_EXISTS",
            () -> service.add(organization, owner, ROLE_MEMBER, owner));

    assertThat(refused.metadata())
        .isEqualTo(Map.of("organization_name", organization, "username", owner));
    assertResource(refused, "Membership", organization + "/" + owner);
  }

  @Test
  void roleRequired_byAMember_namesWhatWouldDo() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    String member = service.newMember(organization, ROLE_MEMBER, owner);

    Refused refused =
        assertRefused(
            Status.Code.PERMISSION_DENIED,
            "ROLE_REQUIRED",
            () -> service.add(organization, service.newUser(), ROLE_MEMBER, member));

    assertThat(refused.metadata())
        .isEqualTo(
            Map.of(
                "organization_name",
                organization,
                "username",
                member,
                "role",
                "ROLE_MEMBER",
                "required",
                "ROLE_OWNER,ROLE_ADMIN"));
  }

  @Test
  void lastOwner_demoted_saysWhatToDoFirst() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);

    Refused refused =
        assertRefused(
            Status.Code.FAILED_PRECONDITION,
            "LAST_OWNER",
            () -> service.change(organization, owner, ROLE_ADMIN, owner));

    assertThat(refused.metadata())
        .isEqualTo(Map.of("organization_name", organization, "username", owner));
    assertThat(refused.detail(PreconditionFailure.class).getViolations(0).getSubject())
        .isEqualTo(organization + "/" + owner);
  }

  @Test
  void lastOwner_leaving_isRefused() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    service.newMember(organization, ROLE_ADMIN, owner);

    assertRefused(
        Status.Code.FAILED_PRECONDITION,
        "LAST_OWNER",
        () -> service.remove(organization, owner, owner));
  }

  @Test
  void revisionMismatch_user_namesBothRevisions() {
    String username = service.newUser();

    Refused refused =
        assertRefused(
            Status.Code.ABORTED,
            "REVISION_MISMATCH",
            () -> service.stub().updateUser(renaming(username).setExpectedRevision(7).build()));

    assertThat(refused.metadata())
        .isEqualTo(Map.of("username", username, "expected_revision", "7", "revision", "1"));
  }

  @Test
  void revisionMismatch_membership_namesBothRevisions() {
    String owner = service.newUser();
    String organization = service.newOrganization(owner);
    ChangeMemberRoleRequest request =
        TestService.changing(organization, owner, ROLE_ADMIN, owner).toBuilder()
            .setExpectedRevision(5)
            .build();

    Refused refused =
        assertRefused(
            Status.Code.ABORTED,
            "REVISION_MISMATCH",
            () -> service.stub().changeMemberRole(request));

    assertThat(refused.metadata())
        .isEqualTo(
            Map.of(
                "organization_name",
                organization,
                "username",
                owner,
                "expected_revision",
                "5",
                "revision",
                "1"));
  }

  @Test
  void requestIdReused_otherContent_namesTheId() {
    String id = UUID.randomUUID().toString();
    String username = service.newUser();
    assertThat(service.stub().updateUser(renaming(username).setRequestId(id).build()).hasUser())
        .isTrue();
    UpdateUserRequest other = renaming(service.newUser()).setRequestId(id).build();

    Refused refused =
        assertRefused(
            Status.Code.INVALID_ARGUMENT,
            "REQUEST_ID_REUSED",
            () -> service.stub().updateUser(other));

    assertThat(refused.metadata()).isEqualTo(Map.of("request_id", id));
    assertThat(refused.fields()).containsExactly("request_id");
  }

  @Test
  void consistencyStore_absent_isRefusedAlike() {
    GetUserRequest request =
        GetUserRequest.newBuilder()
            .setUsername(fresh("nobody"))
            .setConsistency(Consistency.CONSISTENCY_STORE)
            .build();

    assertRefused(Status.Code.NOT_FOUND, "USER_NOT_FOUND", () -> service.stub().getUser(request));
  }

  private static UpdateUserRequest.Builder renaming(String username) {
    return UpdateUserRequest.newBuilder()
        .setUser(User.newBuilder().setUsername(username).setFirstName("Ada"));
  }
}
