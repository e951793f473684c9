package accounts.store;

/**
 * What all instances share through the table.
 *
 * @param incarnation a name, minted at random, that is part of every key in the cache; it changes
 *     whenever what the cache holds must never be believed again
 * @param tableId the table's own id, by which a table that was restored or made anew is told from
 *     the one that the incarnation was minted for
 * @param settings what all instances must have in common
 * @param epochs start at random and only ever grow within an incarnation
 */
public record FleetState(
    String incarnation, String tableId, FleetSettings settings, Epochs epochs) {}
