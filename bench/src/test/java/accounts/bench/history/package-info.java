/** Tests of the checks on histories written by hand, valid and invalid. */
@NullMarked
package accounts.bench.history;

import org.jspecify.annotations.NullMarked;
