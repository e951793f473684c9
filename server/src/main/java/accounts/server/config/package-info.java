/**
 * Reads the configuration from the environment. {@code docs/configuration.md} lists the variables,
 * and a test compares it with the code.
 *
 * <p>Thread rule: every type is immutable but {@link accounts.server.config.Environment}, which one
 * thread uses.
 */
@NullMarked
package accounts.server.config;

import org.jspecify.annotations.NullMarked;
