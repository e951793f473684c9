package accounts.bench.load;

import accounts.bench.load.Sample.Ending;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/** Records the end of one call as a sample. */
final class SampleObserver<T> implements StreamObserver<T> {

  private final SampleLog log;
  private final long due;
  private final Function<T, Ending> ending;
  private final Runnable ended;
  private volatile Ending answer = Ending.FAILED;

  /**
   * @param ending classifies an answer
   * @param ended is run when the call has ended
   */
  SampleObserver(SampleLog log, long due, Function<T, Ending> ending, Runnable ended) {
    this.log = log;
    this.due = due;
    this.ending = ending;
    this.ended = ended;
  }

  @Override
  public void onNext(T value) {
    answer = ending.apply(value);
  }

  @Override
  public void onError(Throwable failure) {
    end(Ending.FAILED, Status.fromThrowable(failure).getCode().name());
  }

  @Override
  public void onCompleted() {
    end(answer, answer == Ending.FAILED ? "NO_ANSWER" : "");
  }

  private void end(Ending last, String code) {
    log.ended(due, last, code);
    ended.run();
  }
}
