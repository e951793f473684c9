/**
 * Watches: who follows the changes of an organization, a user or everything gets them from here.
 * This instance reads each partition of the feed once for all of its watches. See {@code
 * docs/adr/0025}.
 *
 * <p>Thread rule: {@link accounts.watch.Watches} may be used from any thread. All else belongs to
 * its one thread, on which nothing may block.
 */
@NullMarked
package accounts.watch;

import org.jspecify.annotations.NullMarked;
