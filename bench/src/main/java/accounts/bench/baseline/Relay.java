package accounts.bench.baseline;

import accounts.v1.AccountServiceGrpc.AccountServiceImplBase;
import accounts.v1.CreateUserRequest;
import accounts.v1.CreateUserResponse;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.Source;
import accounts.v1.User;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import momento.sdk.CacheClient;
import momento.sdk.auth.MomentoLocalProvider;
import momento.sdk.config.Configuration;
import momento.sdk.config.ReadConcern;
import momento.sdk.config.transport.GrpcConfiguration;
import momento.sdk.config.transport.StaticTransportStrategy;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.SetResponse;

/**
 * A server that does the least possible for a hit: one Momento {@code get} for each call, whose
 * bytes are the answer. It does nothing for freshness and does not use DynamoDB.
 */
public final class Relay extends AccountServiceImplBase {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TTL = Duration.ofHours(1);

  private final CacheClient client;
  private final String cache;

  private Relay(CacheClient client, String cache) {
    this.client = client;
    this.cache = cache;
  }

  /** Runs the relay until the process ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String[] endpoint = BareServer.required("MOMENTO_LOCAL_ENDPOINT").split(":", 2);
    CacheClient client = client(endpoint[0], Integer.parseInt(endpoint[1]));
    BareServer.serve(new Relay(client, BareServer.required("ACCOUNTS_CACHE")));
  }

  private static CacheClient client(String host, int port) {
    Configuration configuration =
        new Configuration(
            new StaticTransportStrategy(new GrpcConfiguration(TIMEOUT)),
            (status, method, attempt) -> Optional.empty());
    return CacheClient.builder(
            new MomentoLocalProvider(host, port),
            configuration.withReadConcern(ReadConcern.CONSISTENT),
            TTL)
        .build();
  }

  @Override
  public void createUser(CreateUserRequest request, StreamObserver<CreateUserResponse> responses) {
    User user =
        BareServer.user(request.getUsername(), request.getFirstName(), request.getLastName());
    var unused =
        client
            .set(cache, key(request.getUsername()), user.toByteArray())
            .thenAccept(response -> created(response, user, responses));
  }

  private static void created(
      SetResponse response, User user, StreamObserver<CreateUserResponse> responses) {
    if (response instanceof SetResponse.Success) {
      BareServer.answer(responses, CreateUserResponse.newBuilder().setUser(user).build());
    } else {
      responses.onError(Status.UNAVAILABLE.asRuntimeException());
    }
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> responses) {
    var unused =
        client
            .get(cache, key(request.getUsername()))
            .thenAccept(response -> found(response, responses));
  }

  private static void found(GetResponse response, StreamObserver<GetUserResponse> responses) {
    try {
      if (response instanceof GetResponse.Hit hit) {
        User user = User.parseFrom(hit.valueByteArray());
        BareServer.answer(
            responses,
            GetUserResponse.newBuilder().setUser(user).setSource(Source.SOURCE_CACHE).build());
      } else {
        responses.onError(Status.NOT_FOUND.asRuntimeException());
      }
    } catch (InvalidProtocolBufferException e) {
      responses.onError(Status.DATA_LOSS.withCause(e).asRuntimeException());
    }
  }

  private static byte[] key(String username) {
    return ("relay/" + username).getBytes(StandardCharsets.UTF_8);
  }
}
