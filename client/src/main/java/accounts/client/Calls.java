package accounts.client;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Makes calls with a deadline, adds request ids to writes, and decodes failures. */
final class Calls {

  private final Channel channel;
  private final Duration readDeadline;
  private final Duration writeDeadline;

  Calls(Channel channel, Duration readDeadline, Duration writeDeadline) {
    this.channel = channel;
    this.readDeadline = readDeadline;
    this.writeDeadline = writeDeadline;
  }

  /** Returns what calls go through, for those that are streams. */
  Channel channel() {
    return channel;
  }

  <Q extends Message, R, T> CompletableFuture<T> call(
      MethodDescriptor<Q, R> method,
      Q request,
      Optional<Deadline> deadline,
      Function<R, T> result) {
    return start(method, request, deadline, result, failure -> Optional.empty());
  }

  /** Makes a call like {@link #call}, whose failure with this reason is an empty answer. */
  <Q extends Message, R, T> CompletableFuture<Optional<T>> find(
      MethodDescriptor<Q, R> method,
      Q request,
      Optional<Deadline> deadline,
      Function<R, T> result,
      ErrorReason absence) {
    return start(
        method,
        request,
        deadline,
        message -> Optional.of(result.apply(message)),
        failure -> failure.reason() == absence ? Optional.of(Optional.empty()) : Optional.empty());
  }

  private <Q extends Message, R, T> CompletableFuture<T> start(
      MethodDescriptor<Q, R> method,
      Q request,
      Optional<Deadline> deadline,
      Function<R, T> result,
      Function<AccountsException, Optional<T>> instead) {
    Q sent = RequestIds.filled(request);
    Reply<R, T> reply = new Reply<>(RequestIds.of(sent), result, instead);
    ClientCall<Q, R> call = channel.newCall(method, options(method, deadline));
    CompletableFuture<T> future = reply.futureOf(call);
    ClientCalls.asyncUnaryCall(call, sent, reply);
    return future;
  }

  private CallOptions options(MethodDescriptor<?, ?> method, Optional<Deadline> deadline) {
    Duration length =
        deadline.map(Deadline::length).orElse(method.isSafe() ? readDeadline : writeDeadline);
    // convert() saturates where toNanos() would throw.
    return CallOptions.DEFAULT.withDeadlineAfter(
        TimeUnit.NANOSECONDS.convert(length), TimeUnit.NANOSECONDS);
  }
}
