package accounts.store;

/**
 * A deletion that has not ended yet.
 *
 * @param progress a number that changes whenever it gets on
 */
public record OpenDeletion(Deletion deletion, long progress) {}
