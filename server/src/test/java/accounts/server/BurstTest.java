package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AccountServiceGrpc;
import accounts.v1.GetUserRequest;
import accounts.v1.GetUserResponse;
import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many keys are wanted at once that only the store has. */
@Timeout(120)
final class BurstTest {

  @AutoClose private final TestBackends backends = new TestBackends();

  @Test
  void twoHundredKeysAtOnce_cacheStopped_areAllAnswered() {
    try (TestService service = backends.start(Map.of("ACCOUNTS_CACHE_TIMEOUT", "200ms"))) {
      String there = service.newUser();
      backends.cache().stop();

      List<String> outcomes =
          readAll(service, 200).stream().map(BurstTest::outcome).distinct().toList();

      assertThat(outcomes).containsExactly("USER_NOT_FOUND");
      assertThat(service.getUser(there).hasUser()).isTrue();
    }
  }

  @Test
  void reads_moreThanPlacesAndQueue_areShedAtOnceAndTheRestAnswered() {
    try (StoreGate gate = new StoreGate(backends)) {
      Map<String, String> environment =
          backends.environment(Map.of("ACCOUNTS_STORE_READS", "2", "ACCOUNTS_STORE_QUEUE", "3"));
      environment.put("AWS_ENDPOINT_URL_DYNAMODB", gate.endpoint());
      try (TestService service = TestService.start(environment)) {
        List<ListenableFuture<GetUserResponse>> calls = readAll(service, 10);
        var unused = Eventually.get(() -> done(calls), done -> done == 5);

        assertThat(calls.stream().filter(ListenableFuture::isDone).map(BurstTest::outcome))
            .containsOnly("OVERLOADED");
        gate.open();
        assertThat(calls.stream().map(BurstTest::outcome).filter("USER_NOT_FOUND"::equals))
            .hasSize(5);
      }
    }
  }

  private static long done(List<ListenableFuture<GetUserResponse>> calls) {
    return calls.stream().filter(ListenableFuture::isDone).count();
  }

  private static List<ListenableFuture<GetUserResponse>> readAll(TestService service, int keys) {
    var stub =
        AccountServiceGrpc.newFutureStub(service.channel()).withDeadlineAfter(60, TimeUnit.SECONDS);
    return IntStream.range(0, keys)
        .mapToObj(i -> GetUserRequest.newBuilder().setUsername("nobody-" + i).build())
        .map(stub::getUser)
        .toList();
  }

  private static String outcome(ListenableFuture<?> call) {
    try {
      return "OK: " + call.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException failure) {
        return Refused.of(failure).reason();
      }
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
