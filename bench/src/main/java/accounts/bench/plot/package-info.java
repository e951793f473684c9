/** Plots as SVG, the same to the byte for the same data. Pure. */
@NullMarked
package accounts.bench.plot;

import org.jspecify.annotations.NullMarked;
