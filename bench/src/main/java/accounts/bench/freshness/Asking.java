package accounts.bench.freshness;

import accounts.bench.freshness.Answers.Told;
import accounts.bench.history.Answer;
import accounts.bench.history.Key;
import accounts.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import accounts.v1.BatchGetMembershipsRequest;
import accounts.v1.BatchGetUsersRequest;
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
import java.util.stream.IntStream;

/** One read each, as calls of the contract. Failures but absence are thrown. */
final class Asking {

  private Asking() {}

  static Answer one(AccountServiceBlockingStub stub, Key key, Question question) {
    try {
      return switch (key.kind()) {
        case USER -> user(stub, key, question);
        case ORGANIZATION -> organization(stub, key, question);
        case MEMBERSHIP -> membership(stub, key, question);
      };
    } catch (StatusRuntimeException failure) {
      return Answers.absence(failure).orElseThrow(() -> failure);
    }
  }

  private static Answer user(AccountServiceBlockingStub stub, Key key, Question question) {
    var response =
        stub.getUser(
            GetUserRequest.newBuilder()
                .setUsername(key.username())
                .setConsistency(question.wire())
                .setMinRevision(question.minRevision())
                .build());
    Told told = Told.of(response.getSource(), response.getAge());
    return Answers.of(key, response.getUser(), told);
  }

  private static Answer organization(AccountServiceBlockingStub stub, Key key, Question question) {
    var response =
        stub.getOrganization(
            GetOrganizationRequest.newBuilder()
                .setOrganizationName(key.organization())
                .setConsistency(question.wire())
                .setMinRevision(question.minRevision())
                .build());
    Told told = Told.of(response.getSource(), response.getAge());
    return Answers.of(key, response.getOrganization(), told);
  }

  private static Answer membership(AccountServiceBlockingStub stub, Key key, Question question) {
    var response =
        stub.getMembership(
            GetMembershipRequest.newBuilder()
                .setOrganizationName(key.organization())
                .setUsername(key.username())
                .setConsistency(question.wire())
                .setMinRevision(question.minRevision())
                .build());
    Told told = Told.of(response.getSource(), response.getAge());
    return Answers.of(key, response.getMembership(), told);
  }

  /** Returns the users' answers in the order of the keys. */
  static List<Answer> users(AccountServiceBlockingStub stub, List<Key> keys, Question question) {
    var response =
        stub.batchGetUsers(
            BatchGetUsersRequest.newBuilder()
                .addAllUsernames(keys.stream().map(Key::username).toList())
                .setConsistency(question.wire())
                .setMinRevision(question.minRevision())
                .build());
    Told told = Told.of(response.getSource(), response.getAge());
    return IntStream.range(0, keys.size())
        .mapToObj(i -> answer(keys.get(i), response.getResults(i), told))
        .toList();
  }

  private static Answer answer(Key key, UserResult result, Told told) {
    return result.hasUser()
        ? Answers.of(key, result.getUser(), told)
        : Answers.absent(result.getNotFound().getRevision(), told);
  }

  /** Returns the memberships' answers in the order of the keys. */
  static List<Answer> memberships(
      AccountServiceBlockingStub stub, List<Key> keys, Question question) {
    var response =
        stub.batchGetMemberships(
            BatchGetMembershipsRequest.newBuilder()
                .addAllKeys(keys.stream().map(Asking::wire).toList())
                .setConsistency(question.wire())
                .setMinRevision(question.minRevision())
                .build());
    Told told = Told.of(response.getSource(), response.getAge());
    return IntStream.range(0, keys.size())
        .mapToObj(i -> answer(keys.get(i), response.getResults(i), told))
        .toList();
  }

  /** A page of a list. */
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

  /** Returns a page of a user's memberships; an empty one where there is no such user. */
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

  private static Answer answer(Key key, MembershipResult result, Told told) {
    return result.hasMembership()
        ? Answers.of(key, result.getMembership(), told)
        : Answers.absent(result.getNotFound().getRevision(), told);
  }
}
