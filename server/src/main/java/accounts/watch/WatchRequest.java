package accounts.watch;

import java.util.Optional;

/**
 * What a caller wants to watch.
 *
 * @param from where to go on; empty from now on
 * @param caller whose share of the watches it takes
 * @param endsAt when it ends at the latest, on the clock of {@link Watches}, in nanoseconds
 */
public record WatchRequest(
    WatchSubject subject, Optional<FeedPositions> from, String caller, long endsAt) {}
