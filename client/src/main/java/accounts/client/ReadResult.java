package accounts.client;

import java.time.Duration;

/**
 * An answer to a read, with its source and age.
 *
 * @param value the answer
 * @param source of the answer; for a batch, the source farthest from the caller
 * @param age how long ago it was known to be current; for a batch, of the oldest result
 */
public record ReadResult<T>(T value, Source source, Duration age) {}
