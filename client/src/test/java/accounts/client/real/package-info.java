/** The real service for tests that need it: a process of its own, with both backends. */
@NullMarked
package accounts.client.real;

import org.jspecify.annotations.NullMarked;
