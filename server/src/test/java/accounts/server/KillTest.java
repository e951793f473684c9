package accounts.server;

import static accounts.v1.Role.ROLE_ADMIN;
import static accounts.v1.Role.ROLE_MEMBER;
import static accounts.v1.Role.ROLE_OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import accounts.server.TableContents.Member;
import accounts.v1.AccountServiceGrpc;
import accounts.v1.AccountServiceGrpc.AccountServiceFutureStub;
import accounts.v1.CreateOrganizationRequest;
import accounts.v1.CreateUserRequest;
import accounts.v1.Role;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * SIGKILL in the middle of a thousand mutations, and every one of them again with its id. Each
 * mutation moves one revision by one whichever order they come in, so what the revisions are in the
 * end tells how often each was done.
 */
@Timeout(300)
final class KillTest {

  private static final int AT_ONCE = 50;
  private static final int KILL_AFTER = 350;

  private static final int USERS = 45;
  private static final int RENAMED_USERS = 10;
  private static final int RENAMES = 30;
  private static final int ORGANIZATIONS = 10;
  private static final int CHANGED = 15;
  private static final int REMOVED = 10;
  private static final int ADDED = 20;
  private static final int NEW_USERS = 150;
  private static final int NEW_ORGANIZATIONS = 100;

  @AutoClose private static final TestBackends backends = new TestBackends();

  private final Map<Mutation, Message> acknowledged = new ConcurrentHashMap<>();
  private final Map<Mutation, Status> failed = new ConcurrentHashMap<>();

  /** One intended change; sent again it is the same request. */
  private record Mutation(
      String name, Function<AccountServiceFutureStub, ListenableFuture<? extends Message>> send) {

    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void sigkill_amongAThousandMutations_leavesEachDoneOnceWhenRepeated() throws Exception {
    try (TestService service = backends.start()) {
      prepare(service);
    }
    List<Mutation> mutations = mutations();
    assertThat(mutations).hasSize(1000);
    Collections.shuffle(mutations, new Random(7));

    try (ServerProcess first = ServerProcess.start(backends.environment())) {
      sendAll(
          mutations,
          first.awaitReady(),
          acknowledged -> {
            if (acknowledged == KILL_AFTER) {
              first.kill();
            }
          });
    }
    Map<Mutation, Message> before = Map.copyOf(acknowledged);
    assertThat(before.size()).isBetween(KILL_AFTER, 999);
    assertConsistent();

    acknowledged.clear();
    failed.clear();
    try (ServerProcess second = ServerProcess.start(backends.environment())) {
      sendAll(mutations, second.awaitReady(), acknowledged -> {});
    }
    assertThat(failed).isEmpty();
    assertThat(acknowledged).containsAllEntriesOf(before).hasSize(1000);
    assertConsistent();
    assertDoneOnce();
    System.out.printf(
        "kill: %d of 1000 acknowledged before SIGKILL, all 1000 done once after%n", before.size());
  }

  private static void prepare(TestService service) {
    service.createUser("boss");
    for (int i = 0; i < USERS; i++) {
      service.createUser("user-" + i);
    }
    for (int o = 0; o < ORGANIZATIONS; o++) {
      String organization = "org-" + o;
      assertThat(service.createOrganization(organization, "boss").hasOrganization()).isTrue();
      for (int i = 0; i < CHANGED; i++) {
        service.add(organization, "user-" + i, before(i), "boss");
      }
      for (int i = CHANGED; i < CHANGED + REMOVED; i++) {
        service.add(organization, "user-" + i, i % 3 == 0 ? ROLE_OWNER : ROLE_MEMBER, "boss");
      }
    }
  }

  private static Role before(int i) {
    return i % 3 == 0 ? ROLE_OWNER : ROLE_MEMBER;
  }

  private static Role after(int i) {
    return i % 3 == 1 ? ROLE_OWNER : ROLE_ADMIN;
  }

  private static List<Mutation> mutations() {
    List<Mutation> mutations = new ArrayList<>();
    for (int i = 0; i < NEW_USERS; i++) {
      mutations.add(createUser("new-" + i));
    }
    for (int i = 0; i < RENAMED_USERS * RENAMES; i++) {
      mutations.add(rename("user-" + i % RENAMED_USERS, "Name " + i));
    }
    for (int i = 0; i < NEW_ORGANIZATIONS; i++) {
      mutations.add(createOrganization("new-org-" + i, "user-" + i % USERS));
    }
    for (int o = 0; o < ORGANIZATIONS; o++) {
      String organization = "org-" + o;
      for (int i = 0; i < CHANGED; i++) {
        mutations.add(change(organization, "user-" + i, after(i)));
      }
      for (int i = CHANGED; i < CHANGED + REMOVED; i++) {
        mutations.add(remove(organization, "user-" + i));
      }
      for (int i = CHANGED + REMOVED; i < CHANGED + REMOVED + ADDED; i++) {
        mutations.add(add(organization, "user-" + i, i % 3 == 0 ? ROLE_OWNER : ROLE_ADMIN));
      }
    }
    return mutations;
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private static Mutation createUser(String username) {
    CreateUserRequest request =
        CreateUserRequest.newBuilder()
            .setUsername(username)
            .setFirstName("New")
            .setLastName("User")
            .setRequestId(id())
            .build();
    return new Mutation("create " + username, stub -> stub.createUser(request));
  }

  private static Mutation rename(String username, String name) {
    UpdateUserRequest request =
        UpdateUserRequest.newBuilder()
            .setUser(User.newBuilder().setUsername(username).setFirstName(name))
            .setRequestId(id())
            .build();
    return new Mutation(
        "rename %s to %s".formatted(username, name), stub -> stub.updateUser(request));
  }

  private static Mutation createOrganization(String name, String founder) {
    CreateOrganizationRequest request =
        CreateOrganizationRequest.newBuilder()
            .setOrganizationName(name)
            .setFoundingUser(founder)
            .setRequestId(id())
            .build();
    return new Mutation("create " + name, stub -> stub.createOrganization(request));
  }

  private static Mutation add(String organization, String member, Role role) {
    var request =
        TestService.adding(organization, member, role, "boss").toBuilder()
            .setRequestId(id())
            .build();
    return new Mutation(
        "add %s to %s".formatted(member, organization),
        stub -> stub.addUserToOrganization(request));
  }

  private static Mutation change(String organization, String member, Role role) {
    var request =
        TestService.changing(organization, member, role, "boss").toBuilder()
            .setRequestId(id())
            .build();
    return new Mutation(
        "make %s %s of %s".formatted(member, role, organization),
        stub -> stub.changeMemberRole(request));
  }

  private static Mutation remove(String organization, String member) {
    var request =
        TestService.removing(organization, member, "boss").toBuilder().setRequestId(id()).build();
    return new Mutation(
        "remove %s from %s".formatted(member, organization),
        stub -> stub.removeUserFromOrganization(request));
  }

  /** Sends all, some at once, and waits until each has ended one way or the other. */
  private void sendAll(List<Mutation> mutations, int port, Acknowledged listener)
      throws InterruptedException {
    ManagedChannel channel = TestService.channelTo(port);
    try {
      AccountServiceFutureStub stub = AccountServiceGrpc.newFutureStub(channel);
      Semaphore slots = new Semaphore(AT_ONCE);
      AtomicInteger count = new AtomicInteger();
      for (Mutation mutation : mutations) {
        slots.acquire();
        ListenableFuture<? extends Message> call = mutation.send().apply(stub);
        call.addListener(
            () -> {
              if (ended(mutation, call)) {
                listener.acknowledged(count.incrementAndGet());
              }
              slots.release();
            },
            Runnable::run);
      }
      assertThat(slots.tryAcquire(AT_ONCE, 120, TimeUnit.SECONDS)).isTrue();
    } finally {
      channel.shutdownNow();
    }
  }

  private interface Acknowledged {
    void acknowledged(int soFar);
  }

  private boolean ended(Mutation mutation, ListenableFuture<? extends Message> call) {
    try {
      acknowledged.put(mutation, call.get());
      return true;
    } catch (ExecutionException | InterruptedException e) {
      failed.put(mutation, Status.fromThrowable(e));
      return false;
    }
  }

  /** What holds of the table at any moment, whatever was done so far. */
  private static void assertConsistent() {
    TableContents contents = TableContents.of(backends);
    assertThat(contents.members()).isEqualTo(contents.mirrors());
    Map<String, Integer> owners = new HashMap<>();
    contents.members().stream()
        .filter(member -> member.role().equals("OWNER"))
        .forEach(member -> owners.merge(member.organization(), 1, Integer::sum));
    assertThat(contents.ownerCounts()).isEqualTo(owners);
    assertThat(owners.values()).allMatch(count -> count >= 1);
  }

  private static void assertDoneOnce() {
    TableContents contents = TableContents.of(backends);
    Map<String, Member> members = new HashMap<>();
    contents.members().forEach(m -> members.put(m.organization() + "/" + m.username(), m));
    assertThat(contents.users())
        .hasSize(1 + USERS + NEW_USERS)
        .allSatisfy((username, revision) -> {
          boolean renamed = username.matches("user-\\d") && RENAMED_USERS == 10;
          assertThat(revision).as(username).isEqualTo(renamed ? 1 + RENAMES : 1);
        });
    assertThat(contents.ownerCounts()).hasSize(ORGANIZATIONS + NEW_ORGANIZATIONS);
    assertThat(members).hasSize(NEW_ORGANIZATIONS + ORGANIZATIONS * (1 + CHANGED + ADDED));
    for (int o = 0; o < ORGANIZATIONS; o++) {
      for (int i = 0; i < CHANGED; i++) {
        String key = "org-%d/user-%d".formatted(o, i);
        assertThat(members.get(key))
            .isEqualTo(new Member("org-" + o, "user-" + i, after(i).name().substring(5), 2));
      }
      for (int i = CHANGED; i < CHANGED + REMOVED; i++) {
        assertThat(contents.removals()).containsEntry("org-%d/user-%d".formatted(o, i), 2L);
      }
    }
    assertThat(contents.removals()).hasSize(ORGANIZATIONS * REMOVED);
  }
}
