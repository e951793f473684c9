/** Tests of plots. */
@NullMarked
package accounts.bench.plot;

import org.jspecify.annotations.NullMarked;
