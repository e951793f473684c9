/** Tests of the harness, and the short form of the proof. */
@NullMarked
package accounts.bench.harness;

import org.jspecify.annotations.NullMarked;
