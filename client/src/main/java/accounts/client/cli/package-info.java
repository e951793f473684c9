/**
 * The command {@code accounts}: a subcommand for each RPC, responses as a table or as protobuf
 * JSON, exit codes for scripts. It uses {@link accounts.client.AccountsClient} with the contract's
 * messages, so that {@code --json} shows exactly what was received.
 *
 * <p>Threads: everything runs on the main thread.
 */
@NullMarked
package accounts.client.cli;

import org.jspecify.annotations.NullMarked;
