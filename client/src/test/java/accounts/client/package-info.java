/**
 * Tests of the client through real stubs over a loopback connection. A hand-written fake answers
 * them.
 */
@NullMarked
package accounts.client;

import org.jspecify.annotations.NullMarked;
