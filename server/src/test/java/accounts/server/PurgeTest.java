package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.v1.AuditAction;
import accounts.v1.AuditEntry;
import accounts.v1.CreateUserRequest;
import accounts.v1.DeleteUserRequest;
import accounts.v1.ListChangesRequest;
import accounts.v1.PurgeUserRequest;
import accounts.v1.SuspendUserRequest;
import accounts.v1.UndeleteUserRequest;
import accounts.v1.UpdateUserRequest;
import accounts.v1.User;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Erasing a person: its names are nowhere in the table and nowhere in the cache. */
@Timeout(120)
final class PurgeTest {

  @AutoClose private static final TestBackends backends = new TestBackends();
  @AutoClose private static final TestService service = backends.start();
  @AutoClose private static final TestService other = backends.start();

  private final String user = TestService.fresh("user");

  /** No other test's: its users may still be there. */
  private final List<String> names =
      Stream.of(
              "Wilhelmina",
              "Featherstonehaugh",
              "Cholmondeley",
              "nick.zenobia",
              "quetzalcoatl",
              "huitzilopochtli",
              "home.tenochtitlan",
              "xochimilco")
          .map(name -> name + user.substring(user.indexOf('-') + 1))
          .toList();

  @Test
  void purgeUser_deleted_leavesItsNamesNowhereInTableAndCache() {
    create();
    rename(names.get(2));
    relabel();
    rename(names.get(2)); // changes nothing, and its outcome is remembered all the same
    other.getUser(user);
    service
        .stub()
        .suspendUser(SuspendUserRequest.newBuilder().setUsername(user).setRequestId(id()).build());
    delete();
    service
        .stub()
        .undeleteUser(
            UndeleteUserRequest.newBuilder().setUsername(user).setRequestId(id()).build());
    other.getUser(user);
    assertThat(names).allMatch(PurgeTest::isInTable);
    assertThat(names).anyMatch(PurgeTest::isInCache);
    delete();

    purge();

    assertThat(names).noneMatch(PurgeTest::isInTable);
    assertThat(names).noneMatch(PurgeTest::isInCache);
  }

  @Test
  void purgeUser_deleted_cannotBeRestoredNorCreatedAgain() {
    create();
    delete();
    purge();

    assertThat(
            Refused.by(() ->
                    service
                        .stub()
                        .undeleteUser(UndeleteUserRequest.newBuilder().setUsername(user).build()))
                .reason())
        .isEqualTo("USER_NOT_FOUND");
    assertThat(Refused.by(() -> other.createUser(user)).reason()).isEqualTo("USER_ALREADY_EXISTS");
    assertThat(Refused.by(() -> other.getUser(user)).metadata()).containsEntry("revision", "4");
  }

  @Test
  void purgeUser_repeated_succeeds() {
    create();
    delete();
    PurgeUserRequest request =
        PurgeUserRequest.newBuilder().setUsername(user).setRequestId(id()).build();

    Stream.of(service, other, service)
        .forEach(instance -> assertThat(instance.stub().purgeUser(request)).isNotNull());
    purge();

    assertThat(Refused.by(() -> other.getUser(user)).metadata()).containsEntry("revision", "5");
  }

  @Test
  void purgeUser_notDeleted_isRefused() {
    create();

    Refused refused = Refused.by(this::purge);

    assertThat(refused.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused.reason()).isEqualTo("NOT_DELETED");
    assertThat(other.getUser(user).getUser().getRevision()).isEqualTo(1);
  }

  @Test
  void purgeUser_neverThere_isNotFound() {
    assertThat(Refused.by(this::purge).reason()).isEqualTo("USER_NOT_FOUND");
  }

  @Test
  void listChanges_purged_showsThatItWas() {
    create();
    delete();
    purge();

    assertThat(
            service
                .stub()
                .listChanges(ListChangesRequest.newBuilder().setUsername(user).build())
                .getChangesList())
        .extracting(AuditEntry::getAction)
        .last()
        .isEqualTo(AuditAction.AUDIT_ACTION_ERASED);
  }

  private void create() {
    var unused =
        service
            .stub()
            .createUser(
                CreateUserRequest.newBuilder()
                    .setUsername(user)
                    .setFirstName(names.get(0))
                    .setLastName(names.get(1))
                    .putLabels(names.get(3), names.get(4))
                    .putLabels(names.get(6), names.get(7))
                    .setRequestId(id())
                    .build());
  }

  private void rename(String lastName) {
    var unused =
        service
            .stub()
            .updateUser(
                UpdateUserRequest.newBuilder()
                    .setUser(User.newBuilder().setUsername(user).setLastName(lastName))
                    .setRequestId(id())
                    .build());
  }

  /** Replaces one label and removes the other. */
  private void relabel() {
    var unused =
        service
            .stub()
            .updateUser(
                UpdateUserRequest.newBuilder()
                    .setUser(User.newBuilder().setUsername(user))
                    .putSetLabels(names.get(3), names.get(5))
                    .addRemoveLabels(names.get(6))
                    .setRequestId(id())
                    .build());
  }

  private void delete() {
    var unused =
        service
            .stub()
            .deleteUser(
                DeleteUserRequest.newBuilder().setUsername(user).setRequestId(id()).build());
  }

  private void purge() {
    var unused = service.stub().purgeUser(PurgeUserRequest.newBuilder().setUsername(user).build());
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  /** Looks at every attribute of every item, bytes included. */
  private static boolean isInTable(String name) {
    ByteString wanted = ByteString.copyFromUtf8(name);
    return TableContents.items(backends).stream()
        .flatMap(item -> item.values().stream())
        .anyMatch(value ->
            value.toString().contains(name)
                || (value.b() != null
                    && holds(ByteString.copyFrom(value.b().asByteArray()), wanted)));
  }

  private static boolean isInCache(String name) {
    ByteString wanted = ByteString.copyFromUtf8(name);
    return backends.cache().count(TestBackends.CACHE, content -> holds(content, wanted)) > 0;
  }

  private static boolean holds(ByteString content, ByteString wanted) {
    for (int i = 0; i + wanted.size() <= content.size(); i++) {
      if (content.substring(i, i + wanted.size()).equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
