package accounts.grpc;

import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.store.FeedChange;
import accounts.v1.WatchResponse;
import accounts.watch.FeedPositions;
import accounts.watch.WatchEnd;
import accounts.watch.WatchRequest;
import accounts.watch.WatchSink;
import accounts.watch.Watches;
import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call of Watch: sends what its watch finds. Created in the call's context. */
final class WatchStream implements WatchSink, Calls.Streaming<WatchRequests.Requested> {

  private final ServerCallStreamObserver<WatchResponse> call;
  private final WatchOffer offer;
  private final Duration lifetime;
  private final Function<Throwable, StatusRuntimeException> statuses;
  private final Context context = Context.current();
  private String table = "";
  private @Nullable Message identity;
  private @Nullable Runnable begun;
  private Watches.@Nullable Handle handle; // guarded by this
  private boolean cancelled; // guarded by this

  /**
   * @param offer what this instance offers
   * @param lifetime how long after the opening of its connection the stream ends
   * @param statuses converts failures
   */
  WatchStream(
      ServerCallStreamObserver<WatchResponse> call,
      WatchOffer offer,
      Duration lifetime,
      Function<Throwable, StatusRuntimeException> statuses) {
    this.call = call;
    this.offer = offer;
    this.lifetime = lifetime;
    this.statuses = statuses;
  }

  @Override
  public void begin(
      WatchRequests.Requested request, String payer, Connection connection, Runnable opened) {
    StreamDeadlines.requested(context);
    Watches offered = offer.watches();
    String here = offer.table();
    if (request.from().filter(token -> !token.table().equals(here)).isPresent()) {
      throw new AccountException(new AccountError.WatchTokenExpired());
    }
    table = here;
    identity = request.identity();
    begun = opened;
    Watches.Handle open =
        offered.open(
            new WatchRequest(
                request.subject(),
                request.from().map(WatchToken::reached),
                payer,
                connection.openedAt() + lifetime.toNanos()),
            this);
    if (keep(open)) {
      open.cancel();
    }
  }

  private synchronized boolean keep(Watches.Handle open) {
    handle = open;
    return cancelled;
  }

  @Override
  public void ready() {
    Watches.Handle open = handle();
    if (open != null) {
      open.ready();
    }
  }

  @Override
  public void cancelled() {
    Watches.Handle open = cancel();
    if (open != null) {
      open.cancel();
    }
  }

  private synchronized Watches.@Nullable Handle handle() {
    return handle;
  }

  private synchronized Watches.@Nullable Handle cancel() {
    cancelled = true;
    return handle;
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void send(List<FeedChange> changes, FeedPositions reached, boolean stalled) {
    opened();
    call.onNext(
        WatchResponse.newBuilder()
            .addAllChanges(changes.stream().map(WatchMessages::of).toList())
            .setToken(token(reached))
            .setStalled(stalled)
            .build());
  }

  @Override
  public void end(WatchEnd end, Optional<FeedPositions> reached) {
    opened();
    String token = reached.map(this::token).orElse("");
    switch (end) {
      case OVER -> {
        StreamDeadlines.ended(context);
        call.onCompleted();
      }
      case STOPPING -> fail(new AccountException(new AccountError.WatchEnded(token)));
      case TOO_SLOW -> fail(new AccountException(new AccountError.WatchTooSlow(token)));
      case EXPIRED -> fail(new AccountException(new AccountError.WatchTokenExpired()));
      case CANCELLED -> {} // nobody is there to be told
    }
  }

  @Override
  public void fail(Throwable failure) {
    opened();
    StreamDeadlines.ended(context);
    if (!call.isCancelled()) {
      call.onError(statuses.apply(failure));
    }
  }

  private String token(FeedPositions reached) {
    return new WatchToken(table, reached).text(Objects.requireNonNull(identity));
  }

  /** From now on the call takes no place among those in progress. */
  private void opened() {
    if (begun != null) {
      begun.run();
      begun = null;
    }
  }
}
