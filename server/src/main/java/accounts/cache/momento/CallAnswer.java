package accounts.cache.momento;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call as a future: {@link #first} of a unary call, {@link #all} of a server
 * stream. Cancelling the future ends the call.
 *
 * @param <Q> the request
 * @param <T> a message of the answer
 * @param <A> the answer
 */
abstract class CallAnswer<Q, T, A> extends CompletableFuture<A>
    implements ClientResponseObserver<Q, T> {

  private @Nullable ClientCallStreamObserver<Q> call;

  private CallAnswer() {}

  /** Returns an observer of a unary call. */
  static <Q, T> CallAnswer<Q, T, T> first() {
    return new CallAnswer<>() {
      @Override
      public void onNext(T message) {
        complete(message);
      }
    };
  }

  /**
   * Returns an observer of a server stream.
   *
   * @param size how many messages it must have
   */
  static <Q, T> CallAnswer<Q, T, List<T>> all(int size) {
    return new All<>(size);
  }

  private static final class All<Q, T> extends CallAnswer<Q, T, List<T>> {

    private final int size;
    private final List<T> messages;

    All(int size) {
      this.size = size;
      this.messages = new ArrayList<>(size);
    }

    @Override
    void started(ClientCallStreamObserver<Q> stream) {
      // All at once: asking for them one by one costs more than reading them. One more than there
      // are to come, so that a stream that is too long is noticed.
      stream.disableAutoRequestWithInitial(size + 1);
    }

    @Override
    public void onNext(T message) {
      messages.add(message);
    }

    @Override
    public void onCompleted() {
      if (messages.size() == size) {
        complete(messages);
      } else {
        super.onCompleted();
      }
    }
  }

  /** Called before the call is sent. */
  void started(ClientCallStreamObserver<Q> stream) {}

  @Override
  public final void beforeStart(ClientCallStreamObserver<Q> stream) {
    call = stream;
    started(stream);
  }

  @Override
  public void onError(Throwable failure) {
    completeExceptionally(failure);
  }

  /** Does nothing after an answer; without one, the call is no answer. */
  @Override
  public void onCompleted() {
    completeExceptionally(new IllegalStateException("ended with too few or too many messages"));
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    ClientCallStreamObserver<Q> stream = call;
    if (cancelled && stream != null) {
      stream.cancel("given up", null);
    }
    return cancelled;
  }
}
