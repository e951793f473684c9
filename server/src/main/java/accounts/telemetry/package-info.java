/**
 * OpenTelemetry: its SDK as the {@code OTEL_…} variables set it up, gRPC's own instrumentation, and
 * traces of calls by decorators of the two I/O ports. Only the wiring depends on this package; the
 * others know {@link accounts.async.Trace}.
 *
 * <p>Thread rule: everything may be used from any thread, and nothing blocks but closing.
 */
@NullMarked
package accounts.telemetry;

import org.jspecify.annotations.NullMarked;
