/**
 * Reads the table's changes from its DynamoDB stream, each shard by the instance that owns it, and
 * delivers them to a {@link accounts.repair.ChangeListener}. Ownerships and checkpoints are stored
 * in the table itself.
 *
 * <p>Thread rule: {@link StreamConsumer} may be used from any thread. All else belongs to its
 * rounds, of which one runs at a time, or to one shard's worker.
 */
@NullMarked
package accounts.repair.dynamodb;

import org.jspecify.annotations.NullMarked;
