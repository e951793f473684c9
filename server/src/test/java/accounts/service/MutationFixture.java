package accounts.service;

import static accounts.domain.Samples.CREATED;
import static accounts.domain.Samples.membership;
import static accounts.domain.Samples.organization;
import static accounts.domain.Samples.organizationName;
import static accounts.domain.Samples.user;
import static accounts.domain.Samples.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import accounts.async.CallScope;
import accounts.domain.AccountError;
import accounts.domain.AccountException;
import accounts.domain.Entity;
import accounts.domain.EntityKey;
import accounts.domain.LabelChange;
import accounts.domain.Labels;
import accounts.domain.PersonName;
import accounts.domain.RequestId;
import accounts.domain.Resource;
import accounts.domain.Revision;
import accounts.domain.Role;
import accounts.domain.User;
import accounts.store.AdmissionQueue;
import accounts.store.Change;
import accounts.store.Commit;
import accounts.store.CommitResult;
import accounts.store.InMemoryAccountStore;
import accounts.store.RecordingAccountStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A {@link MutationExecutor} over a store and a cache, with shorthands for tests. */
abstract class MutationFixture {

  static final RequestIdentity REQUEST = identity("content");

  /** Who calls, as the audit trail has it. */
  static final String CALLER = "https://login.example.com billing";

  final InMemoryAccountStore truth = new InMemoryAccountStore();
  final RecordingAccountStore store = new RecordingAccountStore(truth);
  final CachingReader reader = new CachingReader(store);
  final RecordingCommitListener listener = new RecordingCommitListener(reader);
  final ImpatientTimer timer = new ImpatientTimer();
  Instant now = CREATED.plusNanos(999);
  final MutationExecutor executor = executor(listener);

  /**
   * Returns another one over the same store and cache.
   *
   * @param admission where its commits wait for a place
   */
  final MutationExecutor executor(AdmissionQueue admission) {
    return executor(listener, admission);
  }

  /** Returns one of another instance, which has its own cells to keep fresh. */
  final MutationExecutor executor(CommitListener itsOwn) {
    return executor(
        itsOwn,
        AdmissionQueue.adaptive("queue", 100, 100, 100, Duration.ofSeconds(2), System::nanoTime));
  }

  private MutationExecutor executor(CommitListener told, AdmissionQueue admission) {
    return new MutationExecutor(
        reader, told, store, admission, Duration.ofSeconds(20), () -> now, timer);
  }

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  static RequestIdentity identity(String fingerprint) {
    return new RequestIdentity(RequestId.of("123e4567-e89b-12d3-a456-426614174000"), fingerprint);
  }

  static CreateUser createUser(String name) {
    return new CreateUser(
        username(name), user(name).firstName(), user(name).lastName(), Labels.NONE);
  }

  static User createdUser(String name) {
    return user(name);
  }

  static UpdateUser rename(String name, Revision expected) {
    return new UpdateUser(
        username(name),
        Optional.of(new PersonName("New")),
        Optional.empty(),
        LabelChange.NOTHING,
        expected);
  }

  static AddUserToOrganization add(String member, Role role, String adding) {
    return new AddUserToOrganization(
        organizationName("org"), username(member), role, username(adding));
  }

  static RemoveUserFromOrganization remove(String member, String acting) {
    return new RemoveUserFromOrganization(
        organizationName("org"), username(member), username(acting), Revision.NONE);
  }

  void givenOrganization(String owner) {
    given(
        new Change.Create(organization("org")),
        new Change.Create(membership("org", owner, Role.OWNER)));
    given(new Change.Create(user(owner)));
  }

  /** Changes the store, and the cache hears nothing of it. */
  void given(Change... changes) {
    assertThat(
            truth.commit(new Commit(List.of(changes), Optional.empty(), List.of()), scope()).join())
        .isEqualTo(new CommitResult.Committed());
  }

  <E extends Entity> Optional<E> found(EntityKey<E> key) {
    return truth.read(List.of(key), scope()).join().get(key).toOptional();
  }

  <E extends Entity> ReadResult<E> get(EntityKey<E> key) {
    return reader.getAll(List.of(key), ReadOptions.DEFAULT, scope()).join().get(key);
  }

  List<Resource> run(Mutation mutation) {
    return bounded(executor.run(mutation, Optional.empty(), Optional.of(CALLER), scope()));
  }

  List<Resource> run(Mutation mutation, RequestIdentity identity) {
    return bounded(executor.run(mutation, Optional.of(identity), Optional.of(CALLER), scope()));
  }

  AccountError refusal(Mutation mutation) {
    AccountError error = error(mutation);
    assertThat(error).isInstanceOf(AccountError.Refusal.class);
    return error;
  }

  AccountError error(Mutation mutation) {
    return error(catchThrowable(() -> run(mutation)));
  }

  AccountError error(Mutation mutation, RequestIdentity identity) {
    return error(catchThrowable(() -> run(mutation, identity)));
  }

  static AccountError error(Throwable failure) {
    if (failure.getCause() instanceof AccountException account) {
      return account.error();
    }
    throw new AssertionError("no error that callers are told about", failure);
  }

  static <T> T bounded(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }

  static CallScope scope() {
    return CallScope.of(Duration.ofSeconds(20));
  }
}
