package accounts.grpc;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.User;
import accounts.grpc.QueryRequests.RequestedBatch;
import accounts.grpc.QueryRequests.RequestedPage;
import accounts.service.ReadResult;
import accounts.service.ReadResults;
import accounts.store.MembershipPage;
import accounts.v1.BatchGetMembershipsResponse;
import accounts.v1.BatchGetUsersResponse;
import accounts.v1.GetMembershipResponse;
import accounts.v1.GetOrganizationResponse;
import accounts.v1.GetUserResponse;
import accounts.v1.ListOrganizationMembersResponse;
import accounts.v1.ListUserMembershipsResponse;
import accounts.v1.MembershipResult;
import accounts.v1.UserResult;
import com.google.protobuf.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Builds the responses of the reads and lists, each with the source and the age of its answer. */
final class QueryResponses {

  private final LongSupplier nanoTime;

  /**
   * @param nanoTime the clock that results are dated by
   */
  QueryResponses(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  GetUserResponse user(User user, ReadResult<User> read) {
    return GetUserResponse.newBuilder()
        .setUser(read.memo().get(accounts.v1.User.class, () -> Messages.of(user)))
        .setSource(Messages.of(read.source()))
        .setAge(age(read.asOf()))
        .build();
  }

  GetOrganizationResponse organization(Organization organization, ReadResult<Organization> read) {
    return GetOrganizationResponse.newBuilder()
        .setOrganization(
            read.memo().get(accounts.v1.Organization.class, () -> Messages.of(organization)))
        .setSource(Messages.of(read.source()))
        .setAge(age(read.asOf()))
        .build();
  }

  GetMembershipResponse membership(Membership membership, ReadResult<Membership> read) {
    return GetMembershipResponse.newBuilder()
        .setMembership(read.memo().get(accounts.v1.Membership.class, () -> Messages.of(membership)))
        .setSource(Messages.of(read.source()))
        .setAge(age(read.asOf()))
        .build();
  }

  BatchGetUsersResponse users(RequestedBatch<String, UserKey> batch, ReadResults results) {
    return BatchGetUsersResponse.newBuilder()
        .addAllResults(results(batch, results, QueryResponses::result))
        .setSource(Messages.of(results.source()))
        .setAge(age(results.asOf()))
        .build();
  }

  private static <N, E extends Entity, K extends EntityKey<E>, R> List<R> results(
      RequestedBatch<N, K> batch, ReadResults results, BiFunction<N, ReadResult<E>, R> result) {
    return IntStream.range(0, batch.keys().size())
        .mapToObj(i -> result.apply(batch.names().get(i), results.get(batch.keys().get(i))))
        .toList();
  }

  private static UserResult result(String username, ReadResult<User> read) {
    UserResult.Builder result = UserResult.newBuilder().setUsername(username);
    read.lookup()
        .toOptional()
        .ifPresentOrElse(
            user ->
                result.setUser(read.memo().get(accounts.v1.User.class, () -> Messages.of(user))),
            () -> result.setNotFound(Messages.absence(read.lookup())));
    return result.build();
  }

  BatchGetMembershipsResponse memberships(
      RequestedBatch<accounts.v1.MembershipKey, MembershipKey> batch, ReadResults results) {
    return BatchGetMembershipsResponse.newBuilder()
        .addAllResults(results(batch, results, QueryResponses::result))
        .setSource(Messages.of(results.source()))
        .setAge(age(results.asOf()))
        .build();
  }

  private static MembershipResult result(
      accounts.v1.MembershipKey key, ReadResult<Membership> read) {
    MembershipResult.Builder result = MembershipResult.newBuilder().setKey(key);
    read.lookup()
        .toOptional()
        .ifPresentOrElse(
            membership ->
                result.setMembership(
                    read.memo().get(accounts.v1.Membership.class, () -> Messages.of(membership))),
            () -> result.setNotFound(Messages.absence(read.lookup())));
    return result.build();
  }

  ListOrganizationMembersResponse members(RequestedPage requested, MembershipPage page) {
    return ListOrganizationMembersResponse.newBuilder()
        .addAllMemberships(memberships(page))
        .setNextPageToken(next(requested, page, m -> m.username().value()))
        .build();
  }

  ListUserMembershipsResponse userMemberships(RequestedPage requested, MembershipPage page) {
    return ListUserMembershipsResponse.newBuilder()
        .addAllMemberships(memberships(page))
        .setNextPageToken(next(requested, page, m -> m.organization().value()))
        .build();
  }

  private static List<accounts.v1.Membership> memberships(MembershipPage page) {
    return page.memberships().stream().map(Messages::of).toList();
  }

  private static String next(
      RequestedPage requested, MembershipPage page, Function<Membership, String> key) {
    return page.more()
        ? PageToken.after(key.apply(page.memberships().getLast()), requested.identity())
        : "";
  }

  private Duration age(long asOf) {
    return Messages.ofNanos(nanoTime.getAsLong() - asOf);
  }
}
