/**
 * A hand-written service for the tests: it keeps what it is told, and fails as a {@code Script}
 * says.
 */
@NullMarked
package accounts.client.fake;

import org.jspecify.annotations.NullMarked;
