/** The command line of the checker and the load. One thread, but for what it starts. */
@NullMarked
package accounts.bench;

import org.jspecify.annotations.NullMarked;
