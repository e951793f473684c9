/**
 * The port to the source of truth: what can be read from it, what can be changed in it, and how a
 * change is guarded.
 *
 * <p>Thread rule: implementations may be used from any thread; futures complete on threads of the
 * implementation's and must not be blocked.
 */
@NullMarked
package accounts.store;

import org.jspecify.annotations.NullMarked;
