/**
 * Reads the changes of the table from its DynamoDB Stream, each shard of it by one instance at a
 * time, and tells them to a {@link accounts.repair.ChangeListener}. Leases and checkpoints lie in
 * the table itself.
 *
 * <p>Thread rule: everything may be used from any thread, save {@link ShardReader} and {@link
 * LeaseWatch}, of which one call at a time is made.
 */
@NullMarked
package accounts.repair.dynamodb;

import org.jspecify.annotations.NullMarked;
