package accounts.store;

/**
 * A place among all items of a store, after which a scan goes on.
 *
 * @param partition of the key of the last item that was examined; 1-2,048 bytes
 * @param sort of that key; 1-1,024 bytes
 */
public record ScanPosition(String partition, String sort) {}
