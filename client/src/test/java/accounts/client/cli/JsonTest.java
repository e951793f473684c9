package accounts.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.client.fake.FakeAccounts;
import accounts.client.fake.FakeServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests responses as protobuf JSON, one line each. */
final class JsonTest {

  @RegisterExtension final FakeServer server = new FakeServer();

  @BeforeEach
  void seed() {
    Run.against(server, "user", "create", "olivia", "Olivia", "Park");
    Run.against(server, "org", "create", "Olivia's Org", "--as", "olivia");
    Run.against(server, "member", "add", "olivias-org", "marc", "member", "--as", "olivia");
  }

  @Test
  void userGet_json_isTheResponseOnOneLine() {
    assertThat(Run.against(server, "--json", "user", "get", "olivia").out())
        .isEqualTo(
            """
            {"user":{"username":"olivia","firstName":"Olivia","lastName":"Park","revision":"1",\
            "createTime":"2026-01-02T03:04:05Z","updateTime":"2026-01-02T03:04:05Z",\
            "state":"USER_STATE_ACTIVE","uid":"%s","labels":{}},\
            "source":"SOURCE_CACHE","age":"0.012s"}
            """
                .formatted(FakeAccounts.uid("user/olivia")));
  }

  @Test
  void userBatchGet_jsonAbsent_hasEveryKey() {
    assertThat(Run.against(server, "user", "batch-get", "nobody", "--json").out())
        .isEqualTo(
            """
            {"results":[{"username":"nobody","notFound":{"revision":"0"}}],\
            "source":"SOURCE_STORE","age":"0.012s"}
            """);
  }

  @Test
  void memberCheck_jsonRefused_hasEveryKey() {
    assertThat(
            Run.against(server, "member", "check", "olivias-org", "nobody", "member", "--json")
                .out())
        .isEqualTo(
            """
            {"allowed":false,"reason":"ACCESS_REASON_NOT_A_MEMBER","role":"ROLE_UNSPECIFIED",\
            "membershipRevision":"0","source":"SOURCE_CACHE","age":"0.012s","userRevision":"0"}
            """);
  }

  @Test
  void orgMembers_jsonAll_isOneLineForEachPage() {
    Run run =
        Run.against(server, "org", "members", "olivias-org", "--page-size", "1", "--all", "--json");

    assertThat(run.out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"memberships\":[{\"organizationName\":"));
    assertThat(run.err()).isEmpty();
  }

  @Test
  void orgMembers_jsonMorePages_leavesTheTokenToTheJson() {
    Run run = Run.against(server, "org", "members", "olivias-org", "--page-size", "1", "--json");

    assertThat(run.out()).endsWith("\"nextPageToken\":\"1\"}\n");
    assertThat(run.err()).isEmpty();
  }
}
