/**
 * What the environment says, as records. {@code docs/configuration.md} lists the variables; a test
 * holds both together.
 *
 * <p>Thread rule: every type is immutable but {@link accounts.server.config.Environment}, which one
 * thread uses.
 */
@NullMarked
package accounts.server.config;

import org.jspecify.annotations.NullMarked;
