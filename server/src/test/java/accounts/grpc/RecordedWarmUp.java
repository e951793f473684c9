package accounts.grpc;

import accounts.async.CallScope;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Makes the calls of {@link WarmUpCalls}, and writes down how each of them ends. */
public final class RecordedWarmUp {

  private static final Duration LONG = Duration.ofMinutes(10);

  private RecordedWarmUp() {}

  /** How a call ended. */
  public record Ended(String method, Status.Code code) {}

  /** Returns how the calls of so many rounds ended, once all have. */
  public static List<Ended> make(InMemoryServer server, int rounds) {
    return make(server.channel(), rounds);
  }

  /** As the other, through any channel. */
  public static List<Ended> make(Channel channel, int rounds) {
    Recorder recorder = new Recorder();
    new WarmUpCalls(ClientInterceptors.intercept(channel, recorder), CallScope.of(LONG))
        .make(rounds)
        .join();
    return List.copyOf(recorder.ended);
  }

  private static final class Recorder implements ClientInterceptor {

    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

    @Override
    public <Q, S> ClientCall<Q, S> interceptCall(
        MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<S> listener, Metadata headers) {
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onClose(Status status, Metadata trailers) {
                  ended.add(new Ended(method.getBareMethodName(), status.getCode()));
                  super.onClose(status, trailers);
                }
              },
              headers);
        }
      };
    }
  }
}
