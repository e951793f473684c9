package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.fake.FakeServer;
import accounts.v1.Change;
import accounts.v1.ChangeAction;
import accounts.v1.EntityKind;
import accounts.v1.Role;
import accounts.v1.WatchRequest;
import accounts.v1.WatchResponse;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests {@code accounts watch}. */
@Timeout(60)
final class WatchCommandTest {

  private static final Change CHANGE =
      Change.newBuilder()
          .setEntityKind(EntityKind.ENTITY_KIND_MEMBERSHIP)
          .setOrganizationName("acme")
          .setUsername("olivia")
          .setAction(ChangeAction.CHANGE_ACTION_CREATED)
          .setRevision(3)
          .setRole(Role.ROLE_ADMIN)
          .setChangeTime(Timestamp.newBuilder().setSeconds(1_767_323_045))
          .build();

  @RegisterExtension final FakeServer server = new FakeServer();

  private final List<WatchRequest> requests = new CopyOnWriteArrayList<>();

  @BeforeEach
  void answer() {
    server
        .accounts()
        .onWatch((request, responses) -> {
          requests.add(request);
          responses.onNext(WatchResponse.newBuilder().setToken("t1").build());
          responses.onNext(WatchResponse.newBuilder().setToken("t2").addChanges(CHANGE).build());
        });
  }

  @Test
  void watch_changes_printsALineForEachAndTheTokenAtTheEnd() {
    Run run = Run.against(server, "watch", "--count", "1");

    assertThat(run.out())
        .isEqualTo(
            """
            CHANGED                   ACTION    REVISION  ORGANIZATION                    USERNAME                        NOW
            2026-01-02T03:04:05Z      created          3  acme                            olivia                          ADMIN
            """);
    assertThat(run.err()).isEqualTo("token: t2\n");
    assertThat(run.exitCode()).isZero();
    assertThat(requests.get(0).getEverything()).isTrue();
  }

  @Test
  void watch_subjectAndToken_areAskedFor() {
    var unused = Run.against(server, "watch", "--organization", "acme", "--count", "1");
    unused = Run.against(server, "watch", "--user", "olivia", "--from", "t0", "--count", "1");

    assertThat(requests.get(0).getOrganizationName()).isEqualTo("acme");
    assertThat(requests.get(1).getUsername()).isEqualTo("olivia");
    assertThat(requests.get(1).getToken()).isEqualTo("t0");
  }

  @Test
  void watch_json_isALineForEachResponse() {
    assertThat(Run.against(server, "watch", "--count", "1", "--json").out())
        .isEqualTo(
            """
            {"changes":[],"token":"t1","stalled":false}
            {"changes":[{"entityKind":"ENTITY_KIND_MEMBERSHIP","username":"olivia","organizationName":"acme",\
            "action":"CHANGE_ACTION_CREATED","revision":"3","role":"ROLE_ADMIN","state":"USER_STATE_UNSPECIFIED",\
            "changeTime":"2026-01-02T03:04:05Z"}],"token":"t2","stalled":false}
            """);
  }

  @Test
  void watch_tokenExpired_exitsWithItsCode() {
    server
        .accounts()
        .onWatch((request, responses) -> responses.onError(Status.OUT_OF_RANGE.asException()));

    assertThat(Run.against(server, "watch", "--from", "old").exitCode()).isEqualTo(75);
  }

  @Test
  void watch_twoSubjects_isWrongUsage() {
    assertThat(Run.against(server, "watch", "--user", "a", "--organization", "b").exitCode())
        .isEqualTo(2);
  }
}
