package accounts.client.cli;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A change that a line of an import asks for.
 *
 * @param call makes it; the future fails with {@link accounts.client.AccountsException}
 * @param touched the entities that it is about
 */
record ImportChange(Function<Session, CompletableFuture<?>> call, TouchedEntities touched)
    implements ParsedLine {}
