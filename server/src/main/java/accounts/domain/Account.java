package accounts.domain;

import accounts.domain.EntityKey.AccountKey;
import java.time.Instant;

/** A user or an organization: what has members or memberships, and can be deleted and restored. */
public sealed interface Account extends Entity permits User, Organization {

  @Override
  AccountKey<?> key();

  /** Returns what callers have noted about it. */
  Labels labels();

  /** Returns whether its deletion has begun. */
  boolean deleting();

  /** Returns its next revision, of which the deletion has begun, or has not. */
  Account deleting(boolean begun, Instant now);
}
