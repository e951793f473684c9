package accounts.server;

import static accounts.v1.Role.ROLE_MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CallScope;
import accounts.cache.CellCache;
import accounts.domain.EntityKey;
import accounts.freshness.EpochLease;
import accounts.service.CommitListener;
import accounts.service.WriteEffects;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.BatchGetUsersRequest;
import accounts.v1.Consistency;
import accounts.v1.CreateUserRequest;
import accounts.v1.CreateUserResponse;
import accounts.v1.Source;
import com.google.common.util.concurrent.ListenableFuture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an acknowledged write rests on is as fresh as what it changed. */
@Timeout(120)
final class AcrossKeysTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService one = backends.start();
  @AutoClose private static final TestService two = backends.start();
  @AutoClose private static final TestService three = backends.start();

  @AutoClose
  private static final TestService dying = backends.start(Map.of(), new DiesAfterCommit());

  /** An instance that is gone as soon as the store has taken a commit. */
  private static final class DiesAfterCommit extends TestParts {
    @Override
    CommitListener commits(CommitListener step, CellCache cells, EpochLease lease) {
      return new CommitListener() {
        @Override
        public CompletableFuture<Void> committed(WriteEffects effects, CallScope scope) {
          return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Void> replayed(WriteEffects effects, CallScope scope) {
          return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Void> outcomeUnknown(Set<EntityKey<?>> keys, CallScope scope) {
          return new CompletableFuture<>();
        }
      };
    }
  }

  @Test
  void addUserToOrganization_usersCreatorDied_showsTheUserToFreshReadsAtOnce() {
    String owner = one.newUser();
    String organization = one.newOrganization(owner);
    String user = TestService.fresh("late");
    awaitCachedAbsence(user);
    ListenableFuture<CreateUserResponse> unacknowledged = create(user);
    var unused = Eventually.get(() -> isThere(user, Consistency.CONSISTENCY_STORE), is -> is);
    assertThat(isThere(user, Consistency.CONSISTENCY_FRESH)).as("absence stands").isFalse();

    two.add(organization, user, ROLE_MEMBER, owner);

    assertThat(List.of(one, two, three))
        .allSatisfy(
            service -> assertThat(service.getUser(user).getUser().getRevision()).isEqualTo(1));
    assertThat(unacknowledged.isDone()).isFalse();
  }

  /** As above, and who learns of the user learns it from a refusal. */
  @Test
  void createUser_usersCreatorDied_showsTheUserToFreshReadsAtOnce() {
    String user = TestService.fresh("late");
    awaitCachedAbsence(user);
    ListenableFuture<CreateUserResponse> unacknowledged = create(user);
    var unused = Eventually.get(() -> isThere(user, Consistency.CONSISTENCY_STORE), is -> is);

    assertThat(Refused.by(() -> three.createUser(user)).reason()).isEqualTo("USER_ALREADY_EXISTS");

    assertThat(List.of(one, two, three))
        .allSatisfy(
            service -> assertThat(service.getUser(user).getUser().getRevision()).isEqualTo(1));
    assertThat(unacknowledged.isDone()).isFalse();
  }

  private static ListenableFuture<CreateUserResponse> create(String user) {
    return AccountServiceGrpc.newFutureStub(dying.channel())
        .createUser(
            CreateUserRequest.newBuilder()
                .setUsername(user)
                .setFirstName("Olivia")
                .setLastName("Ray")
                .build());
  }

  private static BatchGetUsersRequest asking(String user, Consistency consistency) {
    return BatchGetUsersRequest.newBuilder().addUsernames(user).setConsistency(consistency).build();
  }

  private static void awaitCachedAbsence(String user) {
    BatchGetUsersRequest request = asking(user, Consistency.CONSISTENCY_FRESH);
    var unused =
        Eventually.get(
            () -> one.stub().batchGetUsers(request),
            answer -> answer.getSource() == Source.SOURCE_CACHE);
  }

  private static boolean isThere(String user, Consistency consistency) {
    return one.stub().batchGetUsers(asking(user, consistency)).getResults(0).hasUser();
  }
}
