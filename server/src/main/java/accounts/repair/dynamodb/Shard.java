package accounts.repair.dynamodb;

import java.util.Optional;

/**
 * A shard of the stream, within which records are ordered.
 *
 * @param parent the shard that this one continues; empty if it is the first
 * @param open whether records are still added
 */
record Shard(String id, Optional<String> parent, boolean open) {}
