/** Tests of how speed is measured. */
@NullMarked
package accounts.bench.speed;

import org.jspecify.annotations.NullMarked;
