/**
 * The rules: who may do what, and what a change consists of. Mutations are pure functions from what
 * was seen to what is to be committed; {@link accounts.service.Mutator} carries them out. No I/O
 * types.
 *
 * <p>Thread rule: everything may be used from any thread.
 */
@NullMarked
package accounts.service;

import org.jspecify.annotations.NullMarked;
