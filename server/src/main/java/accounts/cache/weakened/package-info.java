/**
 * The read path with one safeguard missing, each in a class of its own: what the freshness checker
 * has to convict. Only {@code ACCOUNTS_SAFEGUARDS_OFF} puts any of it to work, and the log warns
 * when it does.
 *
 * <p>Thread rule: everything may be used from any thread.
 */
@NullMarked
package accounts.cache.weakened;

import org.jspecify.annotations.NullMarked;
