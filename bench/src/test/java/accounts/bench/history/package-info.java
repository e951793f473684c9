/** Hand-made histories, good and bad. */
@NullMarked
package accounts.bench.history;

import org.jspecify.annotations.NullMarked;
