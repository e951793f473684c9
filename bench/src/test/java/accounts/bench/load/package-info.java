/** Tests of how measurements are judged and printed. */
@NullMarked
package accounts.bench.load;

import org.jspecify.annotations.NullMarked;
