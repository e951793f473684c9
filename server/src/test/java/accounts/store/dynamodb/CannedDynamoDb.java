package accounts.store.dynamodb;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * The wire below AWS's own client, answering from a list: for what DynamoDB Local never does. When
 * the list ends, the last answer repeats.
 */
final class CannedDynamoDb implements SdkAsyncHttpClient, ExecutionInterceptor {

  private record Answer(int status, String body) {}

  private final Deque<Answer> answers = new ArrayDeque<>();

  /** What the client was asked. */
  final List<SdkRequest> requests = new ArrayList<>();

  CannedDynamoDb answer(String body) {
    return answer(200, body);
  }

  CannedDynamoDb answer(int status, String body) {
    answers.add(new Answer(status, body));
    return this;
  }

  /** Answers with one of DynamoDB's errors. */
  CannedDynamoDb error(int status, String code) {
    return answer(status, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\"}".formatted(code));
  }

  /** Answers that a transaction is cancelled, for one reason per item. */
  CannedDynamoDb cancelled(String... reasons) {
    List<String> codes = new ArrayList<>();
    for (String reason : reasons) {
      codes.add("{\"Code\":\"%s\"}".formatted(reason));
    }
    return answer(
        400,
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
            + "\"CancellationReasons\":[%s]}".formatted(String.join(",", codes)));
  }

  /** Returns a client that repeats nothing. */
  DynamoDbAsyncClient client() {
    return LocalTable.clientOf(URI.create("http://127.0.0.1:1"))
        .httpClient(this)
        .overrideConfiguration(
            o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(this))
        .build();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    synchronized (requests) {
      requests.add(context.request());
    }
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    Answer answer = next();
    request
        .responseHandler()
        .onHeaders(
            SdkHttpResponse.builder()
                .statusCode(answer.status())
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .build());
    request.responseHandler().onStream(body(answer.body()));
    return CompletableFuture.completedFuture(null);
  }

  private static Publisher<ByteBuffer> body(String text) {
    return AsyncRequestBody.fromString(text);
  }

  private synchronized Answer next() {
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  }

  @Override
  public void close() {}
}
