/**
 * The process: configuration, wiring, start and stop.
 *
 * <p>Thread rule: only {@code main}'s thread and the shutdown hook start and stop things; they may
 * block.
 */
@NullMarked
package accounts.server;

import org.jspecify.annotations.NullMarked;
