package accounts.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.ManualTimer;
import accounts.async.Trace;
import accounts.identity.Authenticator;
import accounts.overload.CallAdmission;
import accounts.overload.Priority;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceImplBase;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything on the thread of the test: a call that is refused is refused when it has begun. */
final class EarlyRefusalTest {

  private static final String NAME = "early-refusal";

  private final ManualTimer timer = new ManualTimer();
  private final List<Priority> shed = new ArrayList<>();
  private final Server server =
      InProcessServerBuilder.forName(NAME)
          .directExecutor()
          .addService(
              GrpcServer.guarded(
                  new AccountServiceImplBase() {},
                  new CallAdmission(priority -> 0, shed::add),
                  new Refusals(() -> timer, timer::nanoTime),
                  new CallerInterceptor(
                      Authenticator.ANYONE,
                      new Failures(),
                      Duration.ofSeconds(1),
                      () -> Trace.NONE)))
          .build();
  private final ManagedChannel channel =
      InProcessChannelBuilder.forName(NAME).directExecutor().build();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void batchesAndLists_noRoomForALargeOne_areRefusedBeforeTheirMessagesAreThere() {
    assertThat(AccountServiceGrpc.getServiceDescriptor().getMethods())
        .filteredOn(EarlyRefusalTest::isLarge)
        .hasSizeGreaterThan(8)
        .allSatisfy(
            method -> assertThat(begun(method)).containsExactly(Status.Code.RESOURCE_EXHAUSTED));
    assertThat(shed).hasSizeGreaterThan(8).containsOnly(Priority.BATCH);
  }

  @Test
  void otherCalls_noRoom_waitForTheirMessages() {
    assertThat(AccountServiceGrpc.getServiceDescriptor().getMethods())
        .filteredOn(method -> !isLarge(method))
        .hasSizeGreaterThan(8)
        .allSatisfy(method -> assertThat(begun(method)).isEmpty());
    assertThat(shed).isEmpty();
  }

  private static boolean isLarge(MethodDescriptor<?, ?> method) {
    String name = Objects.requireNonNull(method.getBareMethodName());
    return name.startsWith("Batch") || name.startsWith("List");
  }

  /** Sends the headers of a call, and returns the statuses that it ended with. */
  private <Q, S> List<Status.Code> begun(MethodDescriptor<Q, S> method) {
    List<Status.Code> ends = new ArrayList<>();
    ClientCall<Q, S> call = channel.newCall(method, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            ends.add(status.getCode());
          }
        },
        new Metadata());
    timer.advance(CallAdmission.RETRY_AFTER); // all refusals but the first are told later
    return ends;
  }
}
