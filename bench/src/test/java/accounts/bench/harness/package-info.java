/** The harness itself, and the short form of the proof. */
@NullMarked
package accounts.bench.harness;

import org.jspecify.annotations.NullMarked;
