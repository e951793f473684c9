package accounts.grpc;

import accounts.domain.AccountException;
import accounts.identity.Scope;
import accounts.overload.CallAdmission;
import accounts.v1.AccountServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;

/**
 * Refuses batches and lists before their messages are read if there is no room for a large one: to
 * parse a hundred keys would cost more than to refuse them. {@link Calls} admits the others by what
 * they really cost.
 */
final class EarlyRefusal {

  /** By the full name of a method, what its largest request takes. */
  private static final Map<String, CallKind> LARGEST =
      Map.ofEntries(
          most(
              AccountServiceGrpc.getBatchGetUsersMethod(), CallKind.batch(QueryRequests.MAX_BATCH)),
          most(
              AccountServiceGrpc.getBatchGetMembershipsMethod(),
              CallKind.batch(QueryRequests.MAX_BATCH)),
          most(AccountServiceGrpc.getBatchCheckAccessMethod(), CallKind.mostChecks()),
          most(
              AccountServiceGrpc.getListOrganizationMembersMethod(),
              CallKind.list(Scope.READ, QueryRequests.MAX_PAGE)),
          most(
              AccountServiceGrpc.getListUserMembershipsMethod(),
              CallKind.list(Scope.READ, QueryRequests.MAX_PAGE)),
          most(
              AccountServiceGrpc.getListInvitationsMethod(),
              CallKind.list(Scope.READ, QueryRequests.MAX_PAGE)),
          most(
              AccountServiceGrpc.getListEntitiesMethod(),
              CallKind.list(Scope.EXPORT, QueryRequests.MAX_PAGE)),
          most(
              AccountServiceGrpc.getListUsersMethod(),
              CallKind.accounts(AccountPages.MAX_PAGE, true)),
          most(
              AccountServiceGrpc.getListOrganizationsMethod(),
              CallKind.accounts(AccountPages.MAX_PAGE, true)),
          most(
              AccountServiceGrpc.getListChangesMethod(),
              CallKind.list(Scope.AUDIT, QueryRequests.MAX_PAGE)));

  private final CallAdmission admission;
  private final Refusals refusals;

  EarlyRefusal(CallAdmission admission, Refusals refusals) {
    this.admission = admission;
    this.refusals = refusals;
  }

  /**
   * By name, since {@link MalformedMessages} has put other descriptors in the place of the
   * contract's.
   */
  private static Map.Entry<String, CallKind> most(MethodDescriptor<?, ?> method, CallKind kind) {
    return Map.entry(method.getFullMethodName(), kind);
  }

  /** Returns a service with this in front of its batches and lists; nothing is in others' way. */
  ServerServiceDefinition before(ServerServiceDefinition service) {
    ServerServiceDefinition.Builder guarded =
        ServerServiceDefinition.builder(service.getServiceDescriptor());
    service.getMethods().forEach(method -> guarded.addMethod(before(method)));
    return guarded.build();
  }

  private <Q, S> ServerMethodDefinition<Q, S> before(ServerMethodDefinition<Q, S> method) {
    CallKind largest = LARGEST.get(method.getMethodDescriptor().getFullMethodName());
    ServerCallHandler<Q, S> next = method.getServerCallHandler();
    return largest == null
        ? method
        : method.withServerCallHandler((call, headers) -> start(call, headers, largest, next));
  }

  private <Q, S> ServerCall.Listener<Q> start(
      ServerCall<Q, S> call, Metadata headers, CallKind largest, ServerCallHandler<Q, S> next) {
    Arrival arrival = Arrival.current();
    // While the issuer's keys are fetched nobody knows yet whose share it is.
    if (arrival.caller().state() == Future.State.SUCCESS) {
      String payer = arrival.payer(arrival.caller().resultNow());
      try {
        admission.requireRoom(payer, largest.priority(), largest.units());
      } catch (AccountException overloaded) {
        refusals.refuse(payer, () -> close(call, overloaded));
        return new ServerCall.Listener<>() {};
      }
    }
    return next.startCall(call, headers);
  }

  private static void close(ServerCall<?, ?> call, AccountException overloaded) {
    StatusRuntimeException status = ErrorTable.status(overloaded.error(), false);
    call.close(
        status.getStatus(), Objects.requireNonNullElseGet(status.getTrailers(), Metadata::new));
  }
}
