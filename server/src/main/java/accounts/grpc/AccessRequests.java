package accounts.grpc;

import accounts.grpc.Fields.Field;
import accounts.service.AccessCheck;
import accounts.service.ReadOptions;
import accounts.v1.BatchCheckAccessRequest;
import accounts.v1.CheckAccessRequest;
import java.util.ArrayList;
import java.util.List;

/** Parses checks of access. Throws {@link accounts.domain.AccountException} naming all faults. */
final class AccessRequests {

  private AccessRequests() {}

  /** Parsed checks, in the order of the request. */
  record RequestedChecks(List<AccessCheck> checks, ReadOptions options) {}

  static RequestedChecks parse(CheckAccessRequest request) {
    Fields fields = new Fields();
    var key =
        QueryRequests.membershipKey(
            fields, "", request.getOrganizationName(), request.getUsername());
    var role =
        fields.role("required_role", request.getRequiredRole(), request.getRequiredRoleValue());
    var user = fields.uidIfSet("user_uid", request.getUserUid());
    var organization = fields.uidIfSet("organization_uid", request.getOrganizationUid());
    var read =
        new ReadFields(
            fields,
            request.getConsistency(),
            request.getConsistencyValue(),
            request.getMinRevision());
    return fields.checked(() ->
        new RequestedChecks(
            List.of(new AccessCheck(key.get(), role.get(), user.get(), organization.get())),
            read.options()));
  }

  static RequestedChecks parse(BatchCheckAccessRequest request) {
    Fields fields = new Fields();
    QueryRequests.checkBatch(fields, "checks", request.getChecksCount());
    List<Field<AccessCheck>> checks = new ArrayList<>(QueryRequests.MAX_BATCH);
    for (int i = 0; i < Math.min(request.getChecksCount(), QueryRequests.MAX_BATCH); i++) {
      checks.add(check(fields, "checks[" + i + "].", request.getChecks(i)));
    }
    var read =
        new ReadFields(
            fields,
            request.getConsistency(),
            request.getConsistencyValue(),
            request.getMinRevision());
    return fields.checked(
        () -> new RequestedChecks(checks.stream().map(Field::get).toList(), read.options()));
  }

  private static Field<AccessCheck> check(
      Fields fields, String path, accounts.v1.AccessCheck check) {
    var key =
        QueryRequests.membershipKey(fields, path, check.getOrganizationName(), check.getUsername());
    var role =
        fields.role(path + "required_role", check.getRequiredRole(), check.getRequiredRoleValue());
    var user = fields.uidIfSet(path + "user_uid", check.getUserUid());
    var organization = fields.uidIfSet(path + "organization_uid", check.getOrganizationUid());
    return key.and(role, AccessCheck::new)
        .and(user, AccessCheck::ofUser)
        .and(organization, AccessCheck::inOrganization);
  }
}
