package accounts.grpc;

import accounts.domain.AccountKind;
import accounts.domain.EntityKey.AccountKey;
import accounts.domain.InvalidValueException;
import accounts.domain.Label;
import accounts.domain.NamePrefix;
import accounts.domain.Organization;
import accounts.domain.User;
import accounts.grpc.Fields.Field;
import accounts.service.AccountLists;
import accounts.store.DirectoryQuery;
import accounts.v1.ListOrganizationsRequest;
import accounts.v1.ListOrganizationsResponse;
import accounts.v1.ListUsersRequest;
import accounts.v1.ListUsersResponse;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;

/**
 * Parses requests for a page of all users or all organizations, and builds the responses. Throws
 * {@link accounts.domain.AccountException} naming all faults.
 */
final class AccountPages {

  /** Each is read by its key. */
  static final int MAX_PAGE = 100;

  private AccountPages() {}

  /**
   * A parsed request.
   *
   * @param identity the request without its token and page size, which the next token is bound to
   */
  record Requested(DirectoryQuery query, Message identity) {}

  static Requested parse(ListUsersRequest request) {
    return parse(
        AccountKind.USER,
        "username_prefix",
        request.getUsernamePrefix(),
        request.getLabel(),
        request.getPageSize(),
        request.getPageToken(),
        request.toBuilder().clearPageToken().clearPageSize().build());
  }

  static Requested parse(ListOrganizationsRequest request) {
    return parse(
        AccountKind.ORGANIZATION,
        "organization_name_prefix",
        request.getOrganizationNamePrefix(),
        request.getLabel(),
        request.getPageSize(),
        request.getPageToken(),
        request.toBuilder().clearPageToken().clearPageSize().build());
  }

  private static Requested parse(
      AccountKind kind,
      String field,
      String text,
      String label,
      int size,
      String token,
      Message identity) {
    Fields fields = new Fields();
    Field<NamePrefix> prefix = fields.read(field, text, value -> new NamePrefix(kind, value));
    Field<Optional<Label>> labelled = fields.labelIfSet("label", label);
    Field<Integer> limit = QueryRequests.pageSize(fields, size, MAX_PAGE);
    Field<Optional<AccountKey<?>>> after =
        fields.read(
            "page_token",
            token,
            value -> PageToken.read(value, identity, name -> key(kind, text, name)));
    return fields.checked(() ->
        new Requested(
            new DirectoryQuery(prefix.get(), labelled.get(), after.get(), limit.get()), identity));
  }

  /** A token that a caller made up must not lead out of its list. */
  private static AccountKey<?> key(AccountKind kind, String prefix, String name) {
    if (!name.startsWith(prefix)) {
      throw new InvalidValueException(name, "a name that begins with " + prefix);
    }
    return kind.key(name);
  }

  static ListUsersResponse users(Requested requested, AccountLists.Page page) {
    List<User> users = page.accounts().stream().map(User.class::cast).toList();
    return ListUsersResponse.newBuilder()
        .addAllUsers(users.stream().map(Messages::of).toList())
        .setNextPageToken(token(requested, page))
        .setIncomplete(page.incomplete())
        .build();
  }

  static ListOrganizationsResponse organizations(Requested requested, AccountLists.Page page) {
    List<Organization> organizations =
        page.accounts().stream().map(Organization.class::cast).toList();
    return ListOrganizationsResponse.newBuilder()
        .addAllOrganizations(organizations.stream().map(Messages::of).toList())
        .setNextPageToken(token(requested, page))
        .setIncomplete(page.incomplete())
        .build();
  }

  private static String token(Requested requested, AccountLists.Page page) {
    return page.next().map(last -> PageToken.after(last.name(), requested.identity())).orElse("");
  }
}
