/** Tests of the command line. */
@NullMarked
package accounts.bench;

import org.jspecify.annotations.NullMarked;
