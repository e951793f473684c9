/**
 * The admin port: metrics, liveness and readiness for the people who run the service.
 *
 * <p>Thread rule: it has a few threads of its own.
 */
@NullMarked
package accounts.admin;

import org.jspecify.annotations.NullMarked;
