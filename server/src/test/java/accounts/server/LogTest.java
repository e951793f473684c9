package accounts.server;

import static org.assertj.core.api.Assertions.assertThat;

import accounts.async.CapturedLog;
import accounts.freshness.EpochRenewal;
import accounts.local.faults.Fault;
import accounts.local.faults.Rule;
import accounts.v1.GetUserRequest;
import accounts.v1.Role;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the log says of calls: nothing of those refused, one line of those that failed. */
final class LogTest {

  @AutoClose private final TestBackends backends = new TestBackends();
  @AutoClose private final CapturedLog log = CapturedLog.of("accounts");

  /** The epochs have lines of their own, whatever is called. */
  private List<String> lines() {
    return log.events().stream()
        .filter(event -> !event.getLoggerName().equals(EpochRenewal.class.getName()))
        .map(CapturedLog::text)
        .toList();
  }

  @Test
  void refusedCalls_atInfo_leaveNothingOfAPerson() {
    try (TestService service = backends.start()) {
      String owner = service.createUser("olivia.ray@example.com").getUsername();
      String organization = service.newOrganization(owner);

      assertThat(Refused.by(() -> service.createUser(owner)).code())
          .isEqualTo(Status.Code.ALREADY_EXISTS);
      assertThat(Refused.by(() -> service.getUser("mallory@example.com")).code())
          .isEqualTo(Status.Code.NOT_FOUND);
      assertThat(Refused.by(() -> service.getUser("not a name")).code())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(Refused.by(() -> service.remove(organization, owner, owner)).code())
          .isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(
              Refused.by(() -> service.add(organization, owner, Role.ROLE_ADMIN, "mallory")).code())
          .isEqualTo(Status.Code.PERMISSION_DENIED);

      assertThat(lines())
          .noneMatch(line -> line.matches("(?s).*(olivia|mallory|not a name|Ray|example).*"));
    }
  }

  @Test
  void refusedCall_wellFormedOrNot_isNoLine() {
    try (TestService service = backends.start()) {
      assertThat(Refused.by(() -> service.getUser("#")).reason()).isEqualTo("INVALID_FIELD");
      assertThat(Refused.by(() -> service.getUser("nobody")).reason()).isEqualTo("USER_NOT_FOUND");

      assertThat(lines()).isEmpty();
    }
  }

  @Test
  void storeOutOfReach_call_isOneLineWithoutNames() {
    try (StoreGate gate = new StoreGate(backends)) {
      Map<String, String> environment =
          backends.environment(Map.of("ACCOUNTS_STORE_TIMEOUT", "300ms"));
      environment.put("AWS_ENDPOINT_URL_DYNAMODB", gate.endpoint());
      try (TestService service = TestService.start(environment)) {
        GetUserRequest request = GetUserRequest.newBuilder().setUsername("olivia").build();
        assertThat(Refused.by(() -> service.stub().getUser(request)).reason())
            .isEqualTo("STORE_UNAVAILABLE");

        assertThat(lines()).hasSize(1).noneMatch(line -> line.contains("olivia"));
      }
    }
  }

  @Test
  void callerGivesUpBeforeTheCacheAnswers_leavesNoWordOfTheCache() {
    assertThat(backends.cache().faults().add(Rule.of(Fault.DROP))).isPositive();
    try (TestService service = backends.start(Map.of("ACCOUNTS_CALL_TIMEOUT", "300ms"))) {
      for (int i = 0; i < 5; i++) {
        assertThat(Refused.by(() -> service.getUser("nobody")).reason())
            .isEqualTo("STORE_UNAVAILABLE");
      }

      assertThat(lines()).isEmpty();
    }
  }

  @Test
  void cacheGone_twentyCalls_areOneLine() {
    try (TestService service = backends.start()) {
      String username = service.newUser();
      backends.cache().stop();
      for (int i = 0; i < 20; i++) {
        assertThat(service.getUser(username).hasUser()).isTrue();
      }
      assertThat(lines()).hasSize(1);
    }
  }
}
