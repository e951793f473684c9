package accounts.grpc;

import accounts.async.CallScope;
import accounts.async.Futures;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceStub;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.CheckAccessRequest;
import accounts.v1.Consistency;
import accounts.v1.GetMembershipRequest;
import accounts.v1.GetUserRequest;
import accounts.v1.ListOrganizationMembersRequest;
import accounts.v1.Role;
import accounts.v1.UpdateUserRequest;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * Calls that take the ways of callers' calls and leave nothing in the table: reads and lists about
 * users and organizations that do not exist, and changes that are refused because of that. The
 * names are random, so that they are misses where other instances have started before. For one
 * thread.
 */
public final class WarmUpCalls {

  /** No user ever has it: even one of such a name would stay as it is. */
  private static final long NO_REVISION = Long.MAX_VALUE;

  private final AccountServiceStub stub;
  private final CallScope scope;
  private final String own =
      "warm-up-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

  private int next;

  /**
   * @param scope ends the calls
   */
  WarmUpCalls(Channel channel, CallScope scope) {
    this.stub = AccountServiceGrpc.newStub(channel);
    this.scope = scope;
  }

  /** Makes so many rounds of calls at once; completes when all have ended, however that was. */
  public CompletableFuture<Void> make(int rounds) {
    List<CompletableFuture<Void>> ends =
        IntStream.range(next, next + rounds).mapToObj(n -> round(own + "-" + n)).toList();
    next += rounds;
    return Futures.allOf(ends);
  }

  /** A miss, hits, another miss, a check of both, a list, a change. */
  private CompletableFuture<Void> round(String nobody) {
    return read(nobody, Consistency.CONSISTENCY_FRESH)
        .thenCompose(done -> read(nobody, Consistency.CONSISTENCY_FRESH))
        .thenCompose(done -> read(nobody, Consistency.CONSISTENCY_BOUNDED))
        .thenCompose(done -> batch(nobody))
        .thenCompose(done -> membership(nobody))
        .thenCompose(done -> access(nobody))
        .thenCompose(done -> list(nobody))
        .thenCompose(done -> change(nobody));
  }

  private CompletableFuture<Void> read(String nobody, Consistency consistency) {
    return call(
        GetUserRequest.newBuilder().setUsername(nobody).setConsistency(consistency).build(),
        limited()::getUser);
  }

  private CompletableFuture<Void> batch(String nobody) {
    return call(
        BatchGetUsersRequest.newBuilder().addAllUsernames(List.of(nobody)).build(),
        limited()::batchGetUsers);
  }

  private CompletableFuture<Void> membership(String nobody) {
    return call(
        GetMembershipRequest.newBuilder().setOrganizationName(nobody).setUsername(nobody).build(),
        limited()::getMembership);
  }

  private CompletableFuture<Void> access(String nobody) {
    return call(
        CheckAccessRequest.newBuilder()
            .setOrganizationName(nobody)
            .setUsername(nobody)
            .setRequiredRole(Role.ROLE_MEMBER)
            .build(),
        limited()::checkAccess);
  }

  private CompletableFuture<Void> list(String nobody) {
    return call(
        ListOrganizationMembersRequest.newBuilder().setOrganizationName(nobody).build(),
        limited()::listOrganizationMembers);
  }

  /** Without a request id: with one, the refusal would be recorded. */
  private CompletableFuture<Void> change(String nobody) {
    UpdateUserRequest.Builder request =
        UpdateUserRequest.newBuilder().setExpectedRevision(NO_REVISION);
    request.getUserBuilder().setUsername(nobody).setLastName(nobody);
    return call(request.build(), limited()::updateUser);
  }

  private AccountServiceStub limited() {
    return stub.withDeadlineAfter(scope.remaining().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Completes when the call has ended, however that was. */
  private static <Q, S> CompletableFuture<Void> call(
      Q request, BiConsumer<Q, StreamObserver<S>> method) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    method.accept(request, new End<>(end));
    return end;
  }

  private record End<S>(CompletableFuture<Void> future) implements StreamObserver<S> {

    @Override
    public void onNext(S response) {}

    @Override
    public void onError(Throwable failure) {
      future.complete(null);
    }

    @Override
    public void onCompleted() {
      future.complete(null);
    }
  }
}
