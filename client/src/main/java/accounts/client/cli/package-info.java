/**
 * The command {@code accounts}: a subcommand for each RPC, answers as a table or as protobuf JSON,
 * exit codes for scripts. It speaks through {@link accounts.client.AccountsClient} with the
 * contract's own messages, so that {@code --json} shows what came over the wire.
 *
 * <p>Threads: one, the main one.
 */
@NullMarked
package accounts.client.cli;

import org.jspecify.annotations.NullMarked;
