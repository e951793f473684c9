/** The real service for the tests that want no less: a process of its own, on both backends. */
@NullMarked
package accounts.client.real;

import org.jspecify.annotations.NullMarked;
