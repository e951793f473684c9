package accounts.grpc;

import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import accounts.domain.Membership;
import accounts.domain.Organization;
import accounts.domain.OrganizationName;
import accounts.domain.Uid;
import accounts.domain.User;
import accounts.domain.Username;
import accounts.grpc.Fields.Field;
import accounts.service.ReadOptions;
import accounts.store.MembershipQuery;
import accounts.v1.BatchGetMembershipsRequest;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetOrganizationRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.ListUserMembershipsRequest;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses requests into queries. Every method throws {@link accounts.domain.AccountException} naming
 * all faults.
 */
final class QueryRequests {

  static final int MAX_BATCH = 100;
  static final int DEFAULT_PAGE = 50;
  static final int MAX_PAGE = 1000;

  private QueryRequests() {}

  /**
   * A parsed request for one entity.
   *
   * @param uid what it must have; empty if any will do
   */
  record Requested<E extends Entity>(EntityKey<E> key, Optional<Uid> uid, ReadOptions options) {}

  /**
   * A parsed request for several entities, in the order of the request.
   *
   * @param names as the request spells them, one for each key; responses repeat that spelling
   */
  record RequestedBatch<N, K extends EntityKey<?>>(
      List<N> names, List<K> keys, ReadOptions options) {}

  /**
   * A parsed request for a page of a list.
   *
   * @param identity the request without its token and page size, which the next token is bound to
   */
  record RequestedPage(MembershipQuery query, Message identity) {}

  static Requested<User> parse(GetUserRequest request) {
    Fields fields = new Fields();
    var username = fields.username("username", request.getUsername());
    var uid = fields.uidIfSet("expected_uid", request.getExpectedUid());
    var read =
        new ReadFields(
            fields,
            request.getConsistency(),
            request.getConsistencyValue(),
            request.getMinRevision());
    return fields.checked(
        () -> new Requested<>(new UserKey(username.get()), uid.get(), read.options()));
  }

  static Requested<Organization> parse(GetOrganizationRequest request) {
    Fields fields = new Fields();
    var name = fields.organization("organization_name", request.getOrganizationName());
    var uid = fields.uidIfSet("expected_uid", request.getExpectedUid());
    var read =
        new ReadFields(
            fields,
            request.getConsistency(),
            request.getConsistencyValue(),
            request.getMinRevision());
    return fields.checked(
        () -> new Requested<>(new OrganizationKey(name.get().slug()), uid.get(), read.options()));
  }

  static Requested<Membership> parse(GetMembershipRequest request) {
    Fields fields = new Fields();
    var key = membershipKey(fields, "", request.getOrganizationName(), request.getUsername());
    var uid = fields.uidIfSet("expected_uid", request.getExpectedUid());
    var read =
        new ReadFields(
            fields,
            request.getConsistency(),
            request.getConsistencyValue(),
            request.getMinRevision());
    return fields.checked(() -> new Requested<>(key.get(), uid.get(), read.options()));
  }

  static RequestedBatch<String, UserKey> parse(BatchGetUsersRequest request) {
    Fields fields = new Fields();
    checkBatch(fields, "usernames", request.getUsernamesCount());
    List<Field<UserKey>> keys = new ArrayList<>(MAX_BATCH);
    for (int i = 0; i < Math.min(request.getUsernamesCount(), MAX_BATCH); i++) {
      keys.add(fields.username("usernames[" + i + "]", request.getUsernames(i)).map(UserKey::new));
    }
    var read =
        new ReadFields(
            fields,
            request.getConsistency(),
            request.getConsistencyValue(),
            request.getMinRevision());
    return fields.checked(() ->
        new RequestedBatch<>(
            request.getUsernamesList(), keys.stream().map(Field::get).toList(), read.options()));
  }

  static RequestedBatch<accounts.v1.MembershipKey, MembershipKey> parse(
      BatchGetMembershipsRequest request) {
    Fields fields = new Fields();
    checkBatch(fields, "keys", request.getKeysCount());
    List<Field<MembershipKey>> keys = new ArrayList<>(MAX_BATCH);
    for (int i = 0; i < Math.min(request.getKeysCount(), MAX_BATCH); i++) {
      accounts.v1.MembershipKey key = request.getKeys(i);
      keys.add(
          membershipKey(fields, "keys[" + i + "].", key.getOrganizationName(), key.getUsername()));
    }
    var read =
        new ReadFields(
            fields,
            request.getConsistency(),
            request.getConsistencyValue(),
            request.getMinRevision());
    return fields.checked(() ->
        new RequestedBatch<>(
            request.getKeysList(), keys.stream().map(Field::get).toList(), read.options()));
  }

  static void checkBatch(Fields fields, String field, int size) {
    if (size < 1 || size > MAX_BATCH) {
      fields.fault(field, size + " items", "1-" + MAX_BATCH + " items");
    }
  }

  static Field<MembershipKey> membershipKey(
      Fields fields, String path, String organization, String username) {
    var name = fields.organization(path + "organization_name", organization);
    var user = fields.username(path + "username", username);
    return name.and(user, (n, u) -> new MembershipKey(n.slug(), u));
  }

  static RequestedPage parse(ListOrganizationMembersRequest request) {
    Fields fields = new Fields();
    Message identity = request.toBuilder().clearPageToken().clearPageSize().build();
    var name = fields.organization("organization_name", request.getOrganizationName());
    var limit = pageSize(fields, request.getPageSize());
    var role = fields.roleFilter(request.getRole(), request.getRoleValue());
    var after =
        fields.read(
            "page_token",
            request.getPageToken(),
            token -> PageToken.read(token, identity, Username::new));
    return fields.checked(() ->
        new RequestedPage(
            new MembershipQuery.OfOrganization(
                name.get().slug(), role.get(), after.get(), limit.get()),
            identity));
  }

  static RequestedPage parse(ListUserMembershipsRequest request) {
    Fields fields = new Fields();
    Message identity = request.toBuilder().clearPageToken().clearPageSize().build();
    var username = fields.username("username", request.getUsername());
    var limit = pageSize(fields, request.getPageSize());
    var after =
        fields.read(
            "page_token",
            request.getPageToken(),
            token -> PageToken.read(token, identity, OrganizationName::new));
    return fields.checked(() ->
        new RequestedPage(
            new MembershipQuery.OfUser(username.get(), after.get(), limit.get()), identity));
  }

  static Field<Integer> pageSize(Fields fields, int size) {
    return pageSize(fields, size, MAX_PAGE);
  }

  /**
   * @param most above which a size is taken for it
   */
  static Field<Integer> pageSize(Fields fields, int size, int most) {
    if (size < 0) {
      return fields.fault("page_size", size, "0 or more");
    }
    return Field.of(size == 0 ? DEFAULT_PAGE : Math.min(size, most));
  }
}
