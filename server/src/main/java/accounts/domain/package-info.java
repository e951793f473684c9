/**
 * The things the service is about and the errors it gives: users, organizations, memberships,
 * roles, revisions. Nothing here knows of gRPC, DynamoDB or Momento.
 *
 * <p>Thread rule: every type is immutable.
 */
@NullMarked
package accounts.domain;

import org.jspecify.annotations.NullMarked;
