/**
 * The domain: users, organizations, memberships, invitations, roles, revisions, and the errors that
 * callers see. Nothing here depends on gRPC, DynamoDB or Momento.
 *
 * <p>Thread rule: every type is immutable.
 */
@NullMarked
package accounts.domain;

import org.jspecify.annotations.NullMarked;
