package accounts.repair.dynamodb;

import java.util.Optional;

/**
 * A part of the stream, whose records are in order.
 *
 * @param parent the shard that this one goes on from; empty if it is the first
 * @param open whether records are still added
 */
record Shard(String id, Optional<String> parent, boolean open) {}
