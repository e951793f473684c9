/**
 * The rules: who may do what, what a change consists of, and what must be fresh before a write is
 * acknowledged. Mutations are pure functions from what was read to what is to be committed; {@link
 * accounts.service.MutationExecutor} carries them out. Owns the ports that it calls: {@link
 * accounts.service.EntityReader} and {@link accounts.service.CommitListener}. No I/O types.
 *
 * <p>Thread rule: everything may be used from any thread.
 */
@NullMarked
package accounts.service;

import org.jspecify.annotations.NullMarked;
