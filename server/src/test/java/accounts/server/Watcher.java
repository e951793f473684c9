package accounts.server;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.Change;
import accounts.v1.WatchRequest;
import accounts.v1.WatchResponse;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A caller that watches one service, and keeps what it is sent. */
final class Watcher implements AutoCloseable, StreamObserver<WatchResponse> {

  private final List<WatchResponse> responses = new ArrayList<>(); // guarded by this
  private final CancellableContext context = Context.current().withCancellation();
  private @Nullable StatusRuntimeException failure; // guarded by this
  private boolean completed; // guarded by this

  /** Begins to watch. */
  static Watcher of(TestService service, WatchRequest request) {
    Watcher watcher = new Watcher();
    watcher.context.run(
        () -> AccountServiceGrpc.newStub(service.channel()).watch(request, watcher));
    return watcher;
  }

  /** As {@link #of}, and waits for the first response. */
  static Watcher open(TestService service, WatchRequest request) {
    Watcher watcher = of(service, request);
    var unused = Eventually.get(watcher::token, token -> !token.isEmpty());
    return watcher;
  }

  @Override
  public synchronized void onNext(WatchResponse response) {
    responses.add(response);
  }

  @Override
  public synchronized void onError(Throwable t) {
    failure =
        t instanceof StatusRuntimeException status
            ? status
            : Status.UNKNOWN.withCause(t).asRuntimeException();
  }

  @Override
  public synchronized void onCompleted() {
    completed = true;
  }

  /** Returns the last token; empty before the first response. */
  synchronized String token() {
    return responses.isEmpty() ? "" : responses.getLast().getToken();
  }

  /** Returns all changes so far, in the order in which they came. */
  synchronized List<Change> changes() {
    return responses.stream().flatMap(response -> response.getChangesList().stream()).toList();
  }

  synchronized boolean isStalled() {
    return responses.isEmpty() || responses.getLast().getStalled();
  }

  synchronized boolean isCompleted() {
    return completed;
  }

  /** Waits for the failure of the stream. */
  Refused refused() {
    return Refused.of(Objects.requireNonNull(Eventually.get(this::failure, f -> f != null)));
  }

  private synchronized @Nullable StatusRuntimeException failure() {
    return failure;
  }

  /** Waits until there are so many changes, and returns them. */
  List<Change> changes(int number) {
    return Eventually.get(this::changes, changes -> changes.size() >= number);
  }

  @Override
  public void close() {
    context.cancel(null);
  }
}
