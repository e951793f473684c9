package accounts.grpc;

import accounts.domain.AccountException;
import accounts.identity.Scope;
import accounts.overload.CallAdmission;
import accounts.v1.AccountServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;

/**
 * Refuses batches and lists before their messages are read if there is no room for a large one: to
 * parse a hundred keys would cost more than to refuse them. {@link Calls} admits the others by what
 * they really cost.
 */
final class EarlyRefusal implements ServerInterceptor {

  /** By method, what its largest request takes. */
  private static final Map<MethodDescriptor<?, ?>, CallKind> LARGEST =
      Map.ofEntries(
          Map.entry(
              AccountServiceGrpc.getBatchGetUsersMethod(), CallKind.batch(QueryRequests.MAX_BATCH)),
          Map.entry(
              AccountServiceGrpc.getBatchGetMembershipsMethod(),
              CallKind.batch(QueryRequests.MAX_BATCH)),
          Map.entry(AccountServiceGrpc.getBatchCheckAccessMethod(), CallKind.mostChecks()),
          Map.entry(
              AccountServiceGrpc.getListOrganizationMembersMethod(),
              CallKind.list(Scope.READ, QueryRequests.MAX_PAGE)),
          Map.entry(
              AccountServiceGrpc.getListUserMembershipsMethod(),
              CallKind.list(Scope.READ, QueryRequests.MAX_PAGE)),
          Map.entry(
              AccountServiceGrpc.getListInvitationsMethod(),
              CallKind.list(Scope.READ, QueryRequests.MAX_PAGE)),
          Map.entry(
              AccountServiceGrpc.getListEntitiesMethod(),
              CallKind.list(Scope.EXPORT, QueryRequests.MAX_PAGE)),
          Map.entry(
              AccountServiceGrpc.getListUsersMethod(),
              CallKind.accounts(AccountPages.MAX_PAGE, true)),
          Map.entry(
              AccountServiceGrpc.getListOrganizationsMethod(),
              CallKind.accounts(AccountPages.MAX_PAGE, true)),
          Map.entry(
              AccountServiceGrpc.getListChangesMethod(),
              CallKind.list(Scope.AUDIT, QueryRequests.MAX_PAGE)));

  private final CallAdmission admission;
  private final Refusals refusals;

  EarlyRefusal(CallAdmission admission, Refusals refusals) {
    this.admission = admission;
    this.refusals = refusals;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Arrival arrival = Arrival.current();
    // While the issuer's keys are fetched nobody knows yet whose share it is.
    CallKind largest = LARGEST.get(call.getMethodDescriptor());
    if (largest != null && arrival.caller().state() == Future.State.SUCCESS) {
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
