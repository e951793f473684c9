/**
 * A hand-written fake of the service for tests, which stores entities and fails as a {@code Script}
 * says.
 */
@NullMarked
package accounts.client.fake;

import org.jspecify.annotations.NullMarked;
