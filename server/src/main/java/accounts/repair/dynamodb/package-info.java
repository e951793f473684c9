/**
 * Reads the changes of the table from its DynamoDB Stream, each shard of it by the one instance
 * that owns it, and tells them to a {@link accounts.repair.ChangeListener}. Leases and checkpoints
 * lie in the table itself.
 *
 * <p>Thread rule: {@link StreamConsumer} may be used from any thread. All else belongs to its
 * rounds, of which one runs at a time, or to one shard's worker.
 */
@NullMarked
package accounts.repair.dynamodb;

import org.jspecify.annotations.NullMarked;
