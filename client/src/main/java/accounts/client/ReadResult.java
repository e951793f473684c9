package accounts.client;

import java.time.Duration;

/**
 * An answer to a read, and where it came from.
 *
 * @param value the answer
 * @param source the place it came from; for a batch the farthest
 * @param age how long ago it was known to be current; for a batch that of the oldest result
 */
public record ReadResult<T>(T value, Source source, Duration age) {}
