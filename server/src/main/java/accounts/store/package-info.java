/**
 * The port of the source of truth: reads, commits and their conditions; and its decorators.
 *
 * <p>Thread rule: implementations may be used from any thread; futures complete on the
 * implementation's threads, which must not be blocked.
 */
@NullMarked
package accounts.store;

import org.jspecify.annotations.NullMarked;
