package accounts.bench.baseline;

import accounts.v1.AccountServiceGrpc.AccountServiceImplBase;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import accounts.v1.Source;
import com.google.protobuf.Duration;
import io.grpc.stub.StreamObserver;
import java.io.IOException;

/** A server that asks nobody: it answers with the username of the request and constants. */
public final class Echo extends AccountServiceImplBase {

  private static final Duration AGE = Duration.newBuilder().setNanos(123_456_789).build();

  Echo() {}

  /** Runs the echo until the process ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    BareServer.serve(new Echo());
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> responses) {
    BareServer.answer(
        responses,
        GetUserResponse.newBuilder()
            .setUser(BareServer.user(request.getUsername(), "Olivia", "Measured"))
            .setSource(Source.SOURCE_NEAR_CACHE)
            .setAge(AGE)
            .build());
  }
}
