/**
 * What the people who run the service see of it: metrics, counted by wrappers around the ports, and
 * the admin port that serves them. Nothing but the wiring knows this package.
 *
 * <p>Thread rule: everything may be used from any thread, and the wrappers never block; the admin
 * port has a few threads of its own.
 */
@NullMarked
package accounts.admin;

import org.jspecify.annotations.NullMarked;
