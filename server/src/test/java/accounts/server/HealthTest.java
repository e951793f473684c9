package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.grpc.health.HealthListRequest;
import accounts.grpc.health.HealthListResponse;
import accounts.v1.AccountServiceGrpc;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and reflection: what machines ask before they call. */
final class HealthTest {

  private static final String SERVICE = "accounts.v1.AccountService";

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();

  @ParameterizedTest
  @ValueSource(strings = {"", SERVICE, "liveness"})
  void check_running_isServing(String name) {
    assertThat(check(name)).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void check_unknownService_isNotFound() {
    assertThat(Refused.by(() -> check("no.such.Service")).code()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void check_cacheAndStoreOutOfReach_staysServing() {
    try (TestBackends gone = new TestBackends();
        StoreGate gate = new StoreGate(gone)) {
      var environment = gone.environment();
      environment.put("AWS_ENDPOINT_URL_DYNAMODB", gate.endpoint());
      gone.cache().stop();
      try (TestService single = TestService.start(environment)) {
        assertThat(
                HealthGrpc.newBlockingStub(single.channel())
                    .check(HealthCheckRequest.newBuilder().setService("liveness").build())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
      }
    }
  }

  private static ServingStatus check(String name) {
    return HealthGrpc.newBlockingStub(service.channel())
        .check(HealthCheckRequest.newBuilder().setService(name).build())
        .getStatus();
  }

  @Test
  void list_running_hasEveryName() {
    MethodDescriptor<HealthListRequest, HealthListResponse> list =
        MethodDescriptor.<HealthListRequest, HealthListResponse>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("grpc.health.v1.Health/List")
            .setRequestMarshaller(ProtoUtils.marshaller(HealthListRequest.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(HealthListResponse.getDefaultInstance()))
            .build();

    HealthListResponse response =
        ClientCalls.blockingUnaryCall(
            service.channel(), list, CallOptions.DEFAULT, HealthListRequest.getDefaultInstance());

    assertThat(response.getStatusesMap()).containsOnlyKeys("", SERVICE, "liveness");
    assertThat(response.getStatusesMap().values())
        .allMatch(status -> status.getStatusValue() == ServingStatus.SERVING.getNumber());
  }

  @Test
  void watch_running_saysServingAtOnce() {
    Iterator<HealthCheckResponse> statuses =
        HealthGrpc.newBlockingStub(service.channel())
            .withDeadlineAfter(20, java.util.concurrent.TimeUnit.SECONDS)
            .watch(HealthCheckRequest.newBuilder().setService(SERVICE).build());

    assertThat(statuses.next().getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void reflectionV1_services_areListed() {
    ServerReflectionResponse response =
        reflect(ServerReflectionRequest.newBuilder().setListServices("").build());

    assertThat(response.getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(
            SERVICE,
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection");
  }

  @Test
  void reflectionV1_accountService_isResolvedWithWhatItImports() throws Exception {
    FileDescriptorProto file = file(SERVICE);

    assertThat(file.getService(0).getMethodList())
        .extracting(MethodDescriptorProto::getName)
        .containsExactlyElementsOf(
            AccountServiceGrpc.getServiceDescriptor().getMethods().stream()
                .map(MethodDescriptor::getBareMethodName)
                .toList());
    for (String imported : file.getDependencyList()) {
      ServerReflectionResponse response =
          reflect(ServerReflectionRequest.newBuilder().setFileByFilename(imported).build());
      assertThat(response.hasFileDescriptorResponse()).as(imported).isTrue();
    }
  }

  @Test
  void reflectionV1_health_hasList() throws Exception {
    assertThat(file("grpc.health.v1.Health").getService(0).getMethodList())
        .extracting(MethodDescriptorProto::getName)
        .containsExactlyInAnyOrder("Check", "List", "Watch");
  }

  @Test
  void reflectionV1_messageOfAnImport_isResolved() throws Exception {
    assertThat(file("accounts.v1.Membership").getName()).isEqualTo("accounts/v1/account.proto");
  }

  private static FileDescriptorProto file(String symbol) throws InvalidProtocolBufferException {
    List<ByteString> files =
        reflect(ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build())
            .getFileDescriptorResponse()
            .getFileDescriptorProtoList();
    return FileDescriptorProto.parseFrom(files.getFirst());
  }

  private static ServerReflectionResponse reflect(ServerReflectionRequest request) {
    First<ServerReflectionResponse> first = new First<>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(service.channel()).serverReflectionInfo(first);
    requests.onNext(request);
    ServerReflectionResponse response = first.future.join();
    requests.onCompleted();
    return response;
  }

  @Test
  @SuppressWarnings("deprecation") // many tools still use v1alpha
  void reflectionV1alpha_accountService_isResolved() throws Exception {
    First<io.grpc.reflection.v1alpha.ServerReflectionResponse> first = new First<>();
    var requests =
        io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(service.channel())
            .serverReflectionInfo(first);
    requests.onNext(
        io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
            .setFileContainingSymbol(SERVICE)
            .build());
    ByteString file = first.future.join().getFileDescriptorResponse().getFileDescriptorProto(0);
    requests.onCompleted();

    assertThat(FileDescriptorProto.parseFrom(file).getService(0).getName())
        .isEqualTo("AccountService");
  }

  private static final class First<T> implements StreamObserver<T> {

    final CompletableFuture<T> future = new CompletableFuture<>();

    @Override
    public void onNext(T value) {
      future.complete(value);
    }

    @Override
    public void onError(Throwable failure) {
      future.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      future.completeExceptionally(new AssertionError("ended without an answer"));
    }
  }
}
