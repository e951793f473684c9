package accounts.grpc;

import accounts.domain.PersonName;
import accounts.domain.RequestId;
import accounts.domain.UserState;
import accounts.grpc.Fields.Field;
import accounts.service.AddUserToOrganization;
import accounts.service.ChangeMemberRole;
import accounts.service.ChangeUserState;
import accounts.service.CreateOrganization;
import accounts.service.CreateUser;
import accounts.service.Mutation;
import accounts.service.RemoveUserFromOrganization;
import accounts.service.RequestIdentity;
import accounts.service.UpdateOrganization;
import accounts.service.UpdateUser;
import accounts.v1.AddUserToOrganizationRequest;
import accounts.v1.ChangeMemberRoleRequest;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.RemoveUserFromOrganizationRequest;
import accounts.v1.ResumeUserRequest;
import accounts.v1.SuspendUserRequest;
import accounts.v1.UpdateOrganizationRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parses requests into mutations. Every method throws {@link accounts.domain.AccountException}
 * naming all faults.
 */
final class MutationRequests {

  private static final Set<String> NAME_FIELDS = Set.of("first_name", "last_name");

  private MutationRequests() {}

  /**
   * A parsed request for a mutation.
   *
   * @param identity by which retries of the request are recognized; empty if the caller gave no
   *     request id
   */
  record Requested(Mutation mutation, Optional<RequestIdentity> identity) {

    /**
     * @param anonymous the request without its id
     */
    private static Requested of(
        Mutation mutation, Field<Optional<RequestId>> requestId, Message anonymous) {
      return new Requested(mutation, MutationRequests.identity(requestId, anonymous));
    }
  }

  /**
   * Returns by what a request is recognized; empty if it has no id.
   *
   * @param anonymous the request without its id
   */
  static Optional<RequestIdentity> identity(
      Field<Optional<RequestId>> requestId, Message anonymous) {
    return requestId.get().map(id -> new RequestIdentity(id, Fingerprint.of(anonymous)));
  }

  static Requested parse(CreateUserRequest request) {
    Fields fields = new Fields();
    var username = fields.username("username", request.getUsername());
    var firstName = fields.personName("first_name", request.getFirstName());
    var lastName = fields.personName("last_name", request.getLastName());
    var labels = fields.labels("labels", request.getLabelsMap());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        Requested.of(
            new CreateUser(username.get(), firstName.get(), lastName.get(), labels.get()),
            requestId,
            request.toBuilder().clearRequestId().build()));
  }

  static Requested parse(UpdateUserRequest request) {
    Fields fields = new Fields();
    User user = request.getUser();
    var username = fields.username("user.username", user.getUsername());
    checkMask(fields, request);
    var firstName = newName(fields, request, "first_name", user.getFirstName());
    var lastName = newName(fields, request, "last_name", user.getLastName());
    var labels = fields.labelChange(request.getSetLabelsMap(), request.getRemoveLabelsList());
    var expected = fields.revision("expected_revision", request.getExpectedRevision());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        Requested.of(
            new UpdateUser(
                username.get(), firstName.get(), lastName.get(), labels.get(), expected.get()),
            requestId,
            anonymous(request)));
  }

  /** Without its id, and with the keys in one order, since they are a set. */
  private static UpdateUserRequest anonymous(UpdateUserRequest request) {
    return request.toBuilder()
        .clearRequestId()
        .clearRemoveLabels()
        .addAllRemoveLabels(inOrder(request.getRemoveLabelsList()))
        .build();
  }

  private static List<String> inOrder(List<String> keys) {
    return keys.stream().distinct().sorted().toList();
  }

  private static void checkMask(Fields fields, UpdateUserRequest request) {
    List<String> paths = request.getUpdateMask().getPathsList();
    if (!paths.equals(List.of("*")) && !NAME_FIELDS.containsAll(paths)) {
      fields.malformed("update_mask", paths, "first_name, last_name, or only *");
    }
    if (paths.isEmpty() && setsNothing(request)) {
      fields.malformed(
          "update_mask",
          paths,
          "a mask, or user.first_name, user.last_name, set_labels or remove_labels set");
    }
    int labels = request.getUser().getLabelsCount();
    if (labels > 0 && (paths.isEmpty() || paths.contains("*"))) {
      fields.fault("user.labels", labels, "none, but set_labels or remove_labels");
    }
  }

  private static boolean setsNothing(UpdateUserRequest request) {
    return request.getUser().getFirstName().isEmpty()
        && request.getUser().getLastName().isEmpty()
        && request.getSetLabelsCount() == 0
        && request.getRemoveLabelsCount() == 0;
  }

  /** A name in the update mask must be set; without a mask every name that is set is changed. */
  private static Field<Optional<PersonName>> newName(
      Fields fields, UpdateUserRequest request, String name, String value) {
    List<String> paths = request.getUpdateMask().getPathsList();
    String field = "user." + name;
    if (paths.contains("*") || paths.contains(name)) {
      return fields.personName(field, value).map(Optional::of);
    }
    // Checked even where the mask leaves it out: the contract's rules know no mask.
    Field<Optional<PersonName>> ifSet = fields.personNameIfSet(field, value);
    return paths.isEmpty() ? ifSet : ifSet.map(ignored -> Optional.empty());
  }

  static Requested parse(SuspendUserRequest request) {
    Fields fields = new Fields();
    var username = fields.username("username", request.getUsername());
    var expected = fields.revision("expected_revision", request.getExpectedRevision());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        Requested.of(
            new ChangeUserState(username.get(), UserState.SUSPENDED, expected.get()),
            requestId,
            request.toBuilder().clearRequestId().build()));
  }

  static Requested parse(ResumeUserRequest request) {
    Fields fields = new Fields();
    var username = fields.username("username", request.getUsername());
    var expected = fields.revision("expected_revision", request.getExpectedRevision());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        Requested.of(
            new ChangeUserState(username.get(), UserState.ACTIVE, expected.get()),
            requestId,
            request.toBuilder().clearRequestId().build()));
  }

  static Requested parse(CreateOrganizationRequest request) {
    Fields fields = new Fields();
    var name = fields.organization("organization_name", request.getOrganizationName());
    var founder = fields.username("founding_user", request.getFoundingUser());
    var labels = fields.labels("labels", request.getLabelsMap());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        Requested.of(
            new CreateOrganization(name.get(), founder.get(), labels.get()),
            requestId,
            request.toBuilder().clearRequestId().build()));
  }

  static Requested parse(UpdateOrganizationRequest request) {
    Fields fields = new Fields();
    var organization = fields.organization("organization_name", request.getOrganizationName());
    var displayName = fields.displayTextIfSet("display_name", request.getDisplayName());
    var labels = fields.labelChange(request.getSetLabelsMap(), request.getRemoveLabelsList());
    if (request.getDisplayName().isEmpty()
        && request.getSetLabelsCount() == 0
        && request.getRemoveLabelsCount() == 0) {
      fields.malformed("display_name", List.of(), "a name, or set_labels or remove_labels set");
    }
    var actingUser = fields.username("acting_user", request.getActingUser());
    var expected = fields.revision("expected_revision", request.getExpectedRevision());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        Requested.of(
            new UpdateOrganization(
                organization.get().slug(),
                displayName.get(),
                labels.get(),
                actingUser.get(),
                expected.get()),
            requestId,
            anonymous(request)));
  }

  /** As that of an update of a user. */
  private static UpdateOrganizationRequest anonymous(UpdateOrganizationRequest request) {
    return request.toBuilder()
        .clearRequestId()
        .clearRemoveLabels()
        .addAllRemoveLabels(inOrder(request.getRemoveLabelsList()))
        .build();
  }

  static Requested parse(AddUserToOrganizationRequest request) {
    Fields fields = new Fields();
    var organization = fields.organization("organization_name", request.getOrganizationName());
    var member = fields.username("member_username", request.getMemberUsername());
    var role = fields.role("role", request.getRole(), request.getRoleValue());
    var addingUser = fields.username("adding_user", request.getAddingUser());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        Requested.of(
            new AddUserToOrganization(
                organization.get().slug(), member.get(), role.get(), addingUser.get()),
            requestId,
            request.toBuilder().clearRequestId().build()));
  }

  static Requested parse(ChangeMemberRoleRequest request) {
    Fields fields = new Fields();
    var organization = fields.organization("organization_name", request.getOrganizationName());
    var username = fields.username("username", request.getUsername());
    var role = fields.role("role", request.getRole(), request.getRoleValue());
    var actingUser = fields.username("acting_user", request.getActingUser());
    var expected = fields.revision("expected_revision", request.getExpectedRevision());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        Requested.of(
            new ChangeMemberRole(
                organization.get().slug(),
                username.get(),
                role.get(),
                actingUser.get(),
                expected.get()),
            requestId,
            request.toBuilder().clearRequestId().build()));
  }

  static Requested parse(RemoveUserFromOrganizationRequest request) {
    Fields fields = new Fields();
    var organization = fields.organization("organization_name", request.getOrganizationName());
    var username = fields.username("username", request.getUsername());
    var actingUser = fields.username("acting_user", request.getActingUser());
    var expected = fields.revision("expected_revision", request.getExpectedRevision());
    var requestId = fields.requestId(request.getRequestId());
    return fields.checked(() ->
        Requested.of(
            new RemoveUserFromOrganization(
                organization.get().slug(), username.get(), actingUser.get(), expected.get()),
            requestId,
            request.toBuilder().clearRequestId().build()));
  }
}
