package accounts.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A read that is made again, after pauses, until it is answered, refused or no longer wanted. */
final class PersistentRead<T> {

  private final Supplier<CompletableFuture<T>> read;
  private final BooleanSupplier wanted;
  private final Consumer<T> answered;
  private final Consumer<AccountsException> refused;
  private final Backoff backoff = new Backoff();

  /**
   * @param answered receives the answer, in a thread of the client's
   * @param refused receives a failure that would be the same again
   */
  PersistentRead(
      Supplier<CompletableFuture<T>> read,
      BooleanSupplier wanted,
      Consumer<T> answered,
      Consumer<AccountsException> refused) {
    this.read = read;
    this.wanted = wanted;
    this.answered = answered;
    this.refused = refused;
  }

  void begin() {
    if (wanted.getAsBoolean()) {
      var unused = read.get().whenComplete(this::done);
    }
  }

  private void done(@Nullable T answer, @Nullable Throwable failure) {
    if (answer != null) {
      answered.accept(answer);
    } else if (unwrapped(failure) instanceof AccountsException e && Backoff.isRefusal(e.code())) {
      refused.accept(e);
    } else {
      backoff.later(this::begin);
    }
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }
}
