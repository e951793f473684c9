package accounts.bench.baseline;

import accounts.store.dynamodb.DynamoDbClients;
import accounts.v1.AccountServiceGrpc.AccountServiceImplBase;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.Source;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/**
 * A server that does the least possible for a consistent read of the table: one {@code GetItem} for
 * each call, of the items that the service keeps users in ({@code docs/adr/0002-table.md}), by the
 * same client.
 */
public final class BareGetItem extends AccountServiceImplBase {

  private static final int CONNECTIONS = 96;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final AttributeValue NOTHING = AttributeValue.fromS("");

  private final DynamoDbAsyncClient client = DynamoDbClients.create(CONNECTIONS, TIMEOUT);
  private final String table;

  private BareGetItem(String table) {
    this.table = table;
  }

  /** Runs the server until the process ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    BareServer.serve(new BareGetItem(BareServer.required("ACCOUNTS_TABLE")));
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> responses) {
    AttributeValue key = AttributeValue.fromS("USER#" + request.getUsername());
    var unused =
        client
            .getItem(
                get -> get.tableName(table).key(Map.of("PK", key, "SK", key)).consistentRead(true))
            .whenComplete(
                (item, failure) -> answer(request.getUsername(), item, failure, responses));
  }

  private static void answer(
      String username,
      @Nullable GetItemResponse response,
      @Nullable Throwable failure,
      StreamObserver<GetUserResponse> responses) {
    if (response == null) {
      responses.onError(Status.UNAVAILABLE.withCause(failure).asRuntimeException());
    } else if (response.hasItem()) {
      BareServer.answer(
          responses,
          GetUserResponse.newBuilder()
              .setUser(
                  BareServer.user(
                      username,
                      text(response.item(), "firstName"),
                      text(response.item(), "lastName")))
              .setSource(Source.SOURCE_STORE)
              .build());
    } else {
      responses.onError(Status.NOT_FOUND.asRuntimeException());
    }
  }

  private static String text(Map<String, AttributeValue> item, String attribute) {
    return item.getOrDefault(attribute, NOTHING).s();
  }
}
