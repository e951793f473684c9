package accounts.client.cli;

import accounts.client.AccountsClient;
import accounts.client.Deadline;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A connection to the service and the output for its responses. */
final class Session implements AutoCloseable {

  private final AccountsClient client;
  private final Duration timeout;
  private final Output output;

  Session(AccountsClient client, Duration timeout, Output output) {
    this.client = client;
    this.timeout = timeout;
    this.output = output;
  }

  AccountsClient client() {
    return client;
  }

  Output output() {
    return output;
  }

  /** Waits for the response; throws {@code CompletionException} with the failure as its cause. */
  <Q extends Message, R extends Message> R call(MethodDescriptor<Q, R> method, Q request) {
    return start(method, request).join();
  }

  /** Makes a call without waiting for its response. */
  <Q extends Message, R extends Message> CompletableFuture<R> start(
      MethodDescriptor<Q, R> method, Q request) {
    output.request(method, request);
    return client.call(method, request, Optional.of(Deadline.after(timeout)));
  }

  @Override
  public void close() {
    client.close();
  }
}
