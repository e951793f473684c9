package accounts.store;

import accounts.domain.EntityKey;
import accounts.domain.EntityKey.MembershipKey;
import accounts.domain.EntityKey.OrganizationKey;
import accounts.domain.EntityKey.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The audit trail of {@link InMemoryAccountStore}. Not thread-safe. */
final class InMemoryTrail {

  private static final Duration RETENTION = Duration.ofDays(400);

  private final List<AuditEntry> entries = new ArrayList<>();

  void add(List<AuditEntry> committed) {
    entries.addAll(committed);
  }

  List<AuditEntry> entries() {
    return List.copyOf(entries);
  }

  /** Returns a page, without entries whose retention is over. */
  AuditPage list(AuditQuery query) {
    Instant oldest = Instant.now().minus(RETENTION);
    List<AuditEntry> found =
        entries.stream()
            .filter(entry -> entry.time().isAfter(oldest))
            .filter(entry -> isIn(query, entry.entity()))
            .filter(entry -> isAfter(query, entry.position()))
            .sorted(Comparator.comparing(AuditEntry::position, inTrail(query)))
            .limit(query.limit() + 1L)
            .toList();
    boolean more = found.size() > query.limit();
    return new AuditPage(more ? found.subList(0, query.limit()) : found, more);
  }

  private static boolean isIn(AuditQuery query, EntityKey<?> key) {
    return switch (key) {
      case UserKey user ->
          query instanceof AuditQuery.OfUser q && q.username().equals(user.username());
      case OrganizationKey organization ->
          query instanceof AuditQuery.OfOrganization q
              && q.organization().equals(organization.organization());
      case MembershipKey membership ->
          switch (query) {
            case AuditQuery.OfUser q -> q.username().equals(membership.username());
            case AuditQuery.OfOrganization q -> q.organization().equals(membership.organization());
          };
    };
  }

  private static boolean isAfter(AuditQuery query, AuditPosition position) {
    Optional<AuditPosition> after =
        switch (query) {
          case AuditQuery.OfUser q -> q.after();
          case AuditQuery.OfOrganization q -> q.after();
        };
    return after.isEmpty() || inTrail(query).compare(position, after.get()) > 0;
  }

  private static Comparator<AuditPosition> inTrail(AuditQuery query) {
    return Comparator.comparing((AuditPosition p) -> otherName(query, p.entity()))
        .thenComparing(AuditPosition::revision);
  }

  /** The user or organization itself comes before its memberships. */
  private static String otherName(AuditQuery query, EntityKey<?> key) {
    return key instanceof MembershipKey membership
        ? switch (query) {
          case AuditQuery.OfUser q -> membership.organization().value();
          case AuditQuery.OfOrganization q -> membership.username().value();
        }
        : "";
  }
}
