package accounts.service;

import static accounts.domain.Samples.renamed;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.userKey;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.domain.AccountError;
import accounts.domain.Resource;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.store.Change;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class IdempotencyTest extends MutationFixture {

  @Test
  void run_requestRepeated_returnsTheSameAndChangesNothing() {
    List<Resource> first = run(createUser("alice"), REQUEST);
    given(new Change.Replace(renamed(createdUser("alice"))));

    assertThat(run(createUser("alice"), REQUEST)).isEqualTo(first);
    assertThat(found(userKey("alice"))).contains(renamed(createdUser("alice")));
  }

  @Test
  void run_requestRepeated_makesReadsSeeWhatIsThere() {
    run(createUser("alice"), REQUEST);
    given(new Change.Replace(renamed(createdUser("alice"))));
    run(createUser("alice"), REQUEST);

    assertThat(get(userKey("alice")).source()).isEqualTo(Source.STORE);
  }

  @Test
  void run_updateRepeated_isDoneOnce() {
    given(new Change.Create(user("alice")));
    List<Resource> first = run(rename("alice", Revision.NONE), REQUEST);

    assertThat(run(rename("alice", Revision.NONE), REQUEST)).isEqualTo(first);
    assertThat(found(userKey("alice")).orElseThrow().revision()).isEqualTo(new Revision(2));
  }

  @Test
  void run_refusedRequestRepeated_isRefusedThoughItWouldSucceedNow() {
    givenOrganization("alice");
    AccountError refusal = error(add("bob", Role.MEMBER, "alice"), REQUEST);
    given(new Change.Create(user("bob")));

    assertThat(refusal).isEqualTo(new AccountError.UserNotFound(username("bob")));
    assertThat(error(add("bob", Role.MEMBER, "alice"), REQUEST)).isEqualTo(refusal);
    assertThat(run(add("bob", Role.MEMBER, "alice"))).hasSize(1);
  }

  @Test
  void run_requestIdOfDoneForOtherContent_isReused() {
    run(createUser("alice"), REQUEST);

    assertThat(error(createUser("bob"), identity("other")))
        .isEqualTo(new AccountError.RequestIdReused(REQUEST.requestId()));
    assertThat(found(userKey("bob"))).isEmpty();
  }

  @Test
  void run_requestIdOfRefusedForOtherContent_isReused() {
    given(new Change.Create(user("alice")));
    error(createUser("alice"), REQUEST);

    assertThat(error(createUser("bob"), identity("other")))
        .isEqualTo(new AccountError.RequestIdReused(REQUEST.requestId()));
  }

  @Test
  void run_requestIdReusedForWhatIsRefused_isReused() {
    given(new Change.Create(user("bob")));
    run(createUser("alice"), REQUEST);

    assertThat(error(createUser("bob"), identity("other")))
        .isEqualTo(new AccountError.RequestIdReused(REQUEST.requestId()));
  }

  @Test
  void run_twoOfOneRequestAtOnce_isDoneOnce() {
    given(new Change.Create(user("alice")));
    CompletableFuture<List<Resource>> other = new CompletableFuture<>();
    store.beforeCommit =
        () -> {
          store.beforeCommit = () -> {};
          other.complete(run(rename("alice", Revision.NONE), REQUEST));
        };

    assertThat(run(rename("alice", Revision.NONE), REQUEST)).isEqualTo(other.join());
    assertThat(found(userKey("alice")).orElseThrow().revision()).isEqualTo(new Revision(2));
  }

  @Test
  void run_twoOfOneRefusedRequestAtOnce_areRefusedAlike() {
    given(new Change.Create(user("alice")));
    CompletableFuture<AccountError> other = new CompletableFuture<>();
    store.beforeCommit =
        () -> {
          store.beforeCommit = () -> {};
          other.complete(error(createUser("alice"), REQUEST));
        };

    assertThat(error(createUser("alice"), REQUEST)).isEqualTo(other.join());
    assertThat(store.commits).hasSize(2);
  }
}
