/**
 * How fast the service is and what that takes, next to servers that do the least possible, in the
 * same run ({@code docs/adr/0017-how-speed-is-shown.md}). A measurement is run by one thread; calls
 * end on threads of gRPC, which nothing here blocks.
 */
@NullMarked
package accounts.bench.speed;

import org.jspecify.annotations.NullMarked;
