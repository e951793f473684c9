package accounts.client.cli;

import accounts.v1.AccessCheck;
import accounts.v1.AccessReason;
import accounts.v1.AccessResult;
import accounts.v1.CheckAccessRequest;
import accounts.v1.CheckAccessResponse;
import accounts.v1.Invitation;
import accounts.v1.Membership;
import accounts.v1.Organization;
import accounts.v1.Role;
import accounts.v1.User;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The columns of the tables: headings, and the cells of each message. */
final class Columns {

  static final List<String> USER =
      List.of(
          "USERNAME",
          "FIRST NAME",
          "LAST NAME",
          "STATE",
          "REVISION",
          "CREATED",
          "UPDATED",
          "LABELS");
  static final List<String> ORGANIZATION =
      List.of(
          "ORGANIZATION",
          "DISPLAY NAME",
          "FOUNDING USER",
          "REVISION",
          "CREATED",
          "UPDATED",
          "LABELS");
  static final List<String> MEMBERSHIP =
      List.of("ORGANIZATION", "USERNAME", "ROLE", "REVISION", "CREATED", "UPDATED");

  static final List<String> INVITATION =
      List.of("ORGANIZATION", "USERNAME", "ROLE", "INVITING USER", "CREATED", "EXPIRES");

  static final List<String> ACCESS =
      List.of("ALLOWED", "ORGANIZATION", "USERNAME", "REQUIRED", "REASON", "ROLE", "REVISION");

  /** Headings of the columns about the read. */
  static final List<String> READ = List.of("SOURCE", "AGE");

  /** Heading of the first column of a batch. */
  static final List<String> FOUND = List.of("FOUND");

  private Columns() {}

  static List<String> of(User u) {
    return List.of(
        u.getUsername(),
        u.getFirstName(),
        u.getLastName(),
        bare(u.getState(), "USER_STATE_"),
        Long.toString(u.getRevision()),
        time(u.getCreateTime()),
        time(u.getUpdateTime()),
        labels(u.getLabelsMap()));
  }

  static List<String> of(Organization o) {
    return List.of(
        o.getOrganizationName(),
        o.getDisplayName(),
        o.getFoundingUser(),
        Long.toString(o.getRevision()),
        time(o.getCreateTime()),
        time(o.getUpdateTime()),
        labels(o.getLabelsMap()));
  }

  private static String labels(Map<String, String> labels) {
    return labels.isEmpty() ? "-" : LabelText.of(labels);
  }

  static List<String> of(Membership m) {
    return List.of(
        m.getOrganizationName(),
        m.getUsername(),
        bare(m.getRole(), "ROLE_"),
        Long.toString(m.getRevision()),
        time(m.getCreateTime()),
        time(m.getUpdateTime()));
  }

  static List<String> of(Invitation i) {
    return List.of(
        i.getOrganizationName(),
        i.getUsername(),
        bare(i.getRole(), "ROLE_"),
        i.getInvitingUser(),
        time(i.getCreateTime()),
        time(i.getExpireTime()));
  }

  static List<String> of(CheckAccessRequest q, CheckAccessResponse r) {
    return access(
        AccessCheck.newBuilder()
            .setOrganizationName(q.getOrganizationName())
            .setUsername(q.getUsername())
            .setRequiredRole(q.getRequiredRole())
            .build(),
        r.getAllowed(),
        r.getReason(),
        r.getRole(),
        r.getMembershipRevision());
  }

  static List<String> of(AccessResult r) {
    return access(
        r.getCheck(), r.getAllowed(), r.getReason(), r.getRole(), r.getMembershipRevision());
  }

  private static List<String> access(
      AccessCheck check, boolean allowed, AccessReason reason, Role role, long revision) {
    return List.of(
        allowed ? "yes" : "no",
        check.getOrganizationName(),
        check.getUsername(),
        bare(check.getRequiredRole(), "ROLE_"),
        bare(reason, "ACCESS_REASON_"),
        role == Role.ROLE_UNSPECIFIED ? "-" : bare(role, "ROLE_"),
        Long.toString(revision));
  }

  static List<String> of(accounts.v1.Source source, Duration age) {
    return List.of(
        bare(source, "SOURCE_"),
        java.time.Duration.ofSeconds(age.getSeconds(), age.getNanos()).toMillis() + "ms");
  }

  /** Returns the cells of an absent entity: its key and the revision of its removal. */
  static List<String> absent(long revision, List<String> headings, String... name) {
    List<String> cells = new ArrayList<>(Collections.nCopies(headings.size(), "-"));
    for (int i = 0; i < name.length; i++) {
      cells.set(i, name[i]);
    }
    cells.set(headings.indexOf("REVISION"), Long.toString(revision));
    return cells;
  }

  static List<String> join(List<String> left, List<String> right) {
    return Stream.concat(left.stream(), right.stream()).toList();
  }

  static String time(Timestamp t) {
    return Instant.ofEpochSecond(t.getSeconds(), t.getNanos()).toString();
  }

  static String bare(Enum<?> value, String prefix) {
    return value.name().replaceFirst("^" + prefix, "");
  }
}
