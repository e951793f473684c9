package accounts.local.momento;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;

/** Sends the answer that a handler returns, or the error that it throws. */
final class Answer {

  private Answer() {}

  /** Answers with one message. */
  static <A> void one(StreamObserver<A> caller, Supplier<A> handler) {
    many(caller, () -> List.of(handler.get()));
  }

  /** Answers with a stream; the handler is done before the first message is sent. */
  static <A> void many(StreamObserver<A> caller, Supplier<List<A>> handler) {
    List<A> answers;
    try {
      answers = handler.get();
    } catch (StatusRuntimeException refusal) {
      caller.onError(refusal);
      return;
    }
    answers.forEach(caller::onNext);
    caller.onCompleted();
  }
}
