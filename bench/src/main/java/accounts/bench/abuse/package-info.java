/**
 * Attacks on one instance, and what a polite caller beside them sees. A connection of an attacker
 * is written by hand, frame by frame: well-behaved clients would not let it misbehave.
 */
@NullMarked
package accounts.bench.abuse;

import org.jspecify.annotations.NullMarked;
