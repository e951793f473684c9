/**
 * Metrics: decorators of the two I/O ports, and observers of reads, repair and audit. Only the
 * wiring depends on this package.
 *
 * <p>Thread rule: everything may be used from any thread, and nothing blocks.
 */
@NullMarked
package accounts.metrics;

import org.jspecify.annotations.NullMarked;
