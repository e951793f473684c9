/**
 * The command line of the checker and the measurements. Runs on one thread, except for what it
 * starts.
 */
@NullMarked
package accounts.bench;

import org.jspecify.annotations.NullMarked;
