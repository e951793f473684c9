package accounts.bench.freshness;

import accounts.bench.freshness.Answers.Origin;
import accounts.bench.history.Answer;
import accounts.bench.history.Key;
import accounts.v1.AccessCheck;
import accounts.v1.AccessResult;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.BatchCheckAccessRequest;
import accounts.v1.BatchGetMembershipsRequest;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.CheckAccessRequest;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListUserMembershipsRequest;
import accounts.v1.Membership;
import accounts.v1.MembershipKey;
import accounts.v1.MembershipResult;
import accounts.v1.Role;
import accounts.v1.UserResult;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The contract's read calls, one method each. Every failure but absence is thrown. */
final class ReadCalls {

  private ReadCalls() {}

  static Answer one(AccountServiceBlockingStub stub, Key key, ReadOptions options) {
    try {
      return switch (key.kind()) {
        case USER -> user(stub, key, options);
        case ORGANIZATION -> organization(stub, key, options);
        case MEMBERSHIP -> membership(stub, key, options);
      };
    } catch (StatusRuntimeException failure) {
      return Answers.absence(failure).orElseThrow(() -> failure);
    }
  }

  private static Answer user(AccountServiceBlockingStub stub, Key key, ReadOptions options) {
    var response =
        stub.getUser(
            GetUserRequest.newBuilder()
                .setUsername(key.username())
                .setConsistency(options.wire())
                .setMinRevision(options.minRevision())
                .build());
    Origin origin = Origin.of(response.getSource(), response.getAge());
    return Answers.of(key, response.getUser(), origin);
  }

  private static Answer organization(
      AccountServiceBlockingStub stub, Key key, ReadOptions options) {
    var response =
        stub.getOrganization(
            GetOrganizationRequest.newBuilder()
                .setOrganizationName(key.organization())
                .setConsistency(options.wire())
                .setMinRevision(options.minRevision())
                .build());
    Origin origin = Origin.of(response.getSource(), response.getAge());
    return Answers.of(key, response.getOrganization(), origin);
  }

  private static Answer membership(AccountServiceBlockingStub stub, Key key, ReadOptions options) {
    var response =
        stub.getMembership(
            GetMembershipRequest.newBuilder()
                .setOrganizationName(key.organization())
                .setUsername(key.username())
                .setConsistency(options.wire())
                .setMinRevision(options.minRevision())
                .build());
    Origin origin = Origin.of(response.getSource(), response.getAge());
    return Answers.of(key, response.getMembership(), origin);
  }

  /** What a check of access rests on: a membership, and its user. */
  record Access(Answer membership, Optional<Answer> user) {

    private static Access of(Key key, AccessResult result, Origin origin) {
      return new Access(
          Answers.ofMembership(result, origin), Answers.ofUser(key.username(), result, origin));
    }
  }

  /** Returns what a check of access says about a membership: absence is no failure here. */
  static Access access(AccountServiceBlockingStub stub, Key key, ReadOptions options) {
    var response =
        stub.checkAccess(
            CheckAccessRequest.newBuilder()
                .setOrganizationName(key.organization())
                .setUsername(key.username())
                .setRequiredRole(Role.ROLE_MEMBER)
                .setConsistency(options.wire())
                .setMinRevision(options.minRevision())
                .build());
    AccessResult result =
        AccessResult.newBuilder()
            .setAllowed(response.getAllowed())
            .setReason(response.getReason())
            .setRole(response.getRole())
            .setMembershipRevision(response.getMembershipRevision())
            .setUserRevision(response.getUserRevision())
            .build();
    return Access.of(key, result, Origin.of(response.getSource(), response.getAge()));
  }

  /** Returns what checks of access say about memberships, in the order of the keys. */
  static List<Access> accesses(
      AccountServiceBlockingStub stub, List<Key> keys, ReadOptions options) {
    var response =
        stub.batchCheckAccess(
            BatchCheckAccessRequest.newBuilder()
                .addAllChecks(keys.stream().map(ReadCalls::check).toList())
                .setConsistency(options.wire())
                .setMinRevision(options.minRevision())
                .build());
    Origin origin = Origin.of(response.getSource(), response.getAge());
    return IntStream.range(0, keys.size())
        .mapToObj(i -> Access.of(keys.get(i), response.getResults(i), origin))
        .toList();
  }

  private static AccessCheck check(Key key) {
    return AccessCheck.newBuilder()
        .setOrganizationName(key.organization())
        .setUsername(key.username())
        .setRequiredRole(Role.ROLE_MEMBER)
        .build();
  }

  /** Returns the answers about users, in the order of the keys. */
  static List<Answer> users(AccountServiceBlockingStub stub, List<Key> keys, ReadOptions options) {
    var response =
        stub.batchGetUsers(
            BatchGetUsersRequest.newBuilder()
                .addAllUsernames(keys.stream().map(Key::username).toList())
                .setConsistency(options.wire())
                .setMinRevision(options.minRevision())
                .build());
    Origin origin = Origin.of(response.getSource(), response.getAge());
    return IntStream.range(0, keys.size())
        .mapToObj(i -> answer(keys.get(i), response.getResults(i), origin))
        .toList();
  }

  private static Answer answer(Key key, UserResult result, Origin origin) {
    return result.hasUser()
        ? Answers.of(key, result.getUser(), origin)
        : Answers.absent(result.getNotFound().getRevision(), origin);
  }

  /** Returns the answers about memberships, in the order of the keys. */
  static List<Answer> memberships(
      AccountServiceBlockingStub stub, List<Key> keys, ReadOptions options) {
    var response =
        stub.batchGetMemberships(
            BatchGetMembershipsRequest.newBuilder()
                .addAllKeys(keys.stream().map(ReadCalls::wire).toList())
                .setConsistency(options.wire())
                .setMinRevision(options.minRevision())
                .build());
    Origin origin = Origin.of(response.getSource(), response.getAge());
    return IntStream.range(0, keys.size())
        .mapToObj(i -> answer(keys.get(i), response.getResults(i), origin))
        .toList();
  }

  /** One page of a list. */
  record Page(List<Membership> memberships, String next) {}

  /**
   * Returns a page of an organization's members.
   *
   * @param role only those with this role; ROLE_UNSPECIFIED for all
   */
  static Page members(
      AccountServiceBlockingStub stub, String organization, Role role, int size, String token) {
    var response =
        stub.listOrganizationMembers(
            ListOrganizationMembersRequest.newBuilder()
                .setOrganizationName(organization)
                .setRole(role)
                .setPageSize(size)
                .setPageToken(token)
                .build());
    return new Page(response.getMembershipsList(), response.getNextPageToken());
  }

  /** Returns a page of a user's memberships; an empty one if there is no such user. */
  static Page memberships(
      AccountServiceBlockingStub stub, String username, int size, String token) {
    try {
      var response =
          stub.listUserMemberships(
              ListUserMembershipsRequest.newBuilder()
                  .setUsername(username)
                  .setPageSize(size)
                  .setPageToken(token)
                  .build());
      return new Page(response.getMembershipsList(), response.getNextPageToken());
    } catch (StatusRuntimeException failure) {
      return Answers.absence(failure)
          .map(noUser -> new Page(List.of(), ""))
          .orElseThrow(() -> failure);
    }
  }

  private static MembershipKey wire(Key key) {
    return MembershipKey.newBuilder()
        .setOrganizationName(key.organization())
        .setUsername(key.username())
        .build();
  }

  private static Answer answer(Key key, MembershipResult result, Origin origin) {
    return result.hasMembership()
        ? Answers.of(key, result.getMembership(), origin)
        : Answers.absent(result.getNotFound().getRevision(), origin);
  }
}
