package accounts.client;

import accounts.v1.BatchGetMembershipsRequest;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.ListEntitiesRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListOrganizationsRequest;
import accounts.v1.ListUserMembershipsRequest;
import accounts.v1.ListUsersRequest;
import java.util.List;
import java.util.Optional;

/** Builds the requests of reads. */
final class ReadRequests {

  private ReadRequests() {}

  static GetUserRequest getUser(String username, ReadSettings settings) {
    return GetUserRequest.newBuilder()
        .setUsername(username)
        .setConsistency(settings.consistency())
        .setMinRevision(settings.minRevision())
        .setExpectedUid(settings.expectedUid())
        .build();
  }

  static GetOrganizationRequest getOrganization(String organizationName, ReadSettings settings) {
    return GetOrganizationRequest.newBuilder()
        .setOrganizationName(organizationName)
        .setConsistency(settings.consistency())
        .setMinRevision(settings.minRevision())
        .setExpectedUid(settings.expectedUid())
        .build();
  }

  static GetMembershipRequest getMembership(
      String organizationName, String username, ReadSettings settings) {
    return GetMembershipRequest.newBuilder()
        .setOrganizationName(organizationName)
        .setUsername(username)
        .setConsistency(settings.consistency())
        .setMinRevision(settings.minRevision())
        .setExpectedUid(settings.expectedUid())
        .build();
  }

  static BatchGetUsersRequest batchGetUsers(List<String> usernames, ReadSettings settings) {
    return BatchGetUsersRequest.newBuilder()
        .addAllUsernames(usernames)
        .setConsistency(settings.consistency())
        .setMinRevision(settings.minRevision())
        .build();
  }

  static BatchGetMembershipsRequest batchGetMemberships(
      List<MembershipKey> keys, ReadSettings settings) {
    return BatchGetMembershipsRequest.newBuilder()
        .addAllKeys(keys.stream().map(ReadRequests::key).toList())
        .setConsistency(settings.consistency())
        .setMinRevision(settings.minRevision())
        .build();
  }

  static ListOrganizationMembersRequest listOrganizationMembers(
      String organizationName, int role, PageSettings settings) {
    return ListOrganizationMembersRequest.newBuilder()
        .setOrganizationName(organizationName)
        .setRoleValue(role)
        .setPageSize(settings.size())
        .setPageToken(settings.token())
        .build();
  }

  static ListUsersRequest listUsers(String prefix, Optional<Label> label, PageSettings settings) {
    return ListUsersRequest.newBuilder()
        .setUsernamePrefix(prefix)
        .setLabel(label.map(Label::toString).orElse(""))
        .setPageSize(settings.size())
        .setPageToken(settings.token())
        .build();
  }

  static ListOrganizationsRequest listOrganizations(
      String prefix, Optional<Label> label, PageSettings settings) {
    return ListOrganizationsRequest.newBuilder()
        .setOrganizationNamePrefix(prefix)
        .setLabel(label.map(Label::toString).orElse(""))
        .setPageSize(settings.size())
        .setPageToken(settings.token())
        .build();
  }

  static ListEntitiesRequest listEntities(PageSettings settings) {
    return ListEntitiesRequest.newBuilder()
        .setPageSize(settings.size())
        .setPageToken(settings.token())
        .build();
  }

  static ListUserMembershipsRequest listUserMemberships(String username, PageSettings settings) {
    return ListUserMembershipsRequest.newBuilder()
        .setUsername(username)
        .setPageSize(settings.size())
        .setPageToken(settings.token())
        .build();
  }

  private static accounts.v1.MembershipKey key(MembershipKey key) {
    return accounts.v1.MembershipKey.newBuilder()
        .setOrganizationName(key.organizationName())
        .setUsername(key.username())
        .build();
  }
}
