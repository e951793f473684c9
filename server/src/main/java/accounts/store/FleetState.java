package accounts.store;

/**
 * The state that all instances share through the table.
 *
 * @param incarnation a name, minted at random, that is part of every key in the cache; it changes
 *     whenever everything in the cache must be invalidated
 * @param tableId the table's own id, which shows whether the incarnation was minted for this table,
 *     or for one that was since restored or recreated
 * @param settings what all instances must have in common
 * @param epochs start at random and only ever grow within an incarnation
 */
public record FleetState(
    String incarnation, String tableId, FleetSettings settings, Epochs epochs) {}
