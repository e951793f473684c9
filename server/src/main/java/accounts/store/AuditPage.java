package accounts.store;

import java.util.List;

/**
 * A page of a trail.
 *
 * @param more whether there are more after the last of these
 */
public record AuditPage(List<AuditEntry> entries, boolean more) {}
