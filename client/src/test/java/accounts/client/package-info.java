/** Tests of the client over a loopback connection to a hand-written fake. */
@NullMarked
package accounts.client;

import org.jspecify.annotations.NullMarked;
