package accounts.grpc;

import accounts.grpc.health.HealthCheckResponse;
import accounts.grpc.health.HealthListRequest;
import accounts.grpc.health.HealthListResponse;
import accounts.grpc.health.HealthProto;
import accounts.v1.AccountServiceGrpc;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gRPC health service: {@code Check} and {@code Watch} from grpc-java, and {@code List} (gRFC
 * A90), which it lacks. It has three names: the empty one and the account service's, which report
 * whether to send calls here, and {@value #LIVENESS}, which is serving as long as the process
 * answers.
 */
final class Health {

  /** The name for liveness probes, which depends on nothing but the process. */
  static final String LIVENESS = "liveness";

  private static final MethodDescriptor<HealthListRequest, HealthListResponse> LIST =
      MethodDescriptor.<HealthListRequest, HealthListResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(
              MethodDescriptor.generateFullMethodName(HealthGrpc.SERVICE_NAME, "List"))
          .setRequestMarshaller(ProtoUtils.marshaller(HealthListRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(HealthListResponse.getDefaultInstance()))
          .build();

  private final HealthStatusManager manager = new HealthStatusManager();
  private final Map<String, ServingStatus> statuses = new ConcurrentHashMap<>();

  Health() {
    set(LIVENESS, ServingStatus.SERVING);
    notServing();
  }

  /** Reports that the server takes calls. */
  void serving() {
    setReadiness(ServingStatus.SERVING);
  }

  /** Reports that calls should go to other instances. */
  void notServing() {
    setReadiness(ServingStatus.NOT_SERVING);
  }

  boolean isServing() {
    return statuses.get(AccountServiceGrpc.SERVICE_NAME) == ServingStatus.SERVING;
  }

  private void setReadiness(ServingStatus status) {
    set(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    set(AccountServiceGrpc.SERVICE_NAME, status);
  }

  private void set(String service, ServingStatus status) {
    statuses.put(service, status);
    manager.setStatus(service, status);
  }

  ServerServiceDefinition service() {
    ServerServiceDefinition known = manager.getHealthService().bindService();
    io.grpc.ServiceDescriptor.Builder descriptor =
        io.grpc.ServiceDescriptor.newBuilder(HealthGrpc.SERVICE_NAME)
            .setSchemaDescriptor(new Schema())
            .addMethod(LIST);
    known.getMethods().forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
    known.getMethods().forEach(service::addMethod);
    return service
        .addMethod(ServerMethodDefinition.create(LIST, ServerCalls.asyncUnaryCall(this::list)))
        .build();
  }

  private void list(HealthListRequest request, StreamObserver<HealthListResponse> observer) {
    HealthListResponse.Builder response = HealthListResponse.newBuilder();
    statuses.forEach((service, status) ->
        response.putStatuses(
            service, HealthCheckResponse.newBuilder().setStatusValue(status.getNumber()).build()));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  /** The schema of the service, for reflection. */
  private static final class Schema implements ProtoServiceDescriptorSupplier {

    @Override
    public FileDescriptor getFileDescriptor() {
      return HealthProto.getDescriptor();
    }

    @Override
    public ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("Health");
    }
  }
}
