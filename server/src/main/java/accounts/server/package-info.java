/**
 * The process: configuration, wiring, start and stop.
 *
 * <p>Thread rule: {@code main}'s thread alone starts and stops things; it may block.
 */
@NullMarked
package accounts.server;

import org.jspecify.annotations.NullMarked;
