package accounts.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopsTest {

  private static final String SPEC = "test: Deployment/web: spec.template.spec.";

  @Test
  void preStopShorterThanLookUps_named() {
    assertThat(Fixture.faults("seconds: 30", "seconds: 29"))
        .containsExactly(
            SPEC
                + "containers[0].lifecycle.preStop.sleep.seconds: 29"
                + " (expected: at least 30: clients look up addresses every 30 s)");
  }

  @Test
  void noPreStop_named() {
    assertThat(Fixture.faults("preStop:", "postStart:"))
        .containsExactly(
            SPEC
                + "containers[0].lifecycle.preStop.sleep.seconds: nothing"
                + " (expected: at least 30: clients look up addresses every 30 s)");
  }

  @Test
  void noPreStop_withoutHeadlessService_noFault() {
    assertThat(Fixture.faults("preStop:", "postStart:", "clusterIP: None", "type: ClusterIP"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          terminationGracePeriodSeconds: 60 | terminationGracePeriodSeconds: 59 | 59      | 60
          terminationGracePeriodSeconds: 60 | subdomain: web                    | nothing | 60
          value: 5s                         | value: 1m                         | 60      | 115
          seconds: 30                       | seconds: 35                       | 60      | 65
          value: 15s                        | value: 16s                        | 60      | 61
          """)
  void gracePeriodThatDoesNotFit_named(String good, String bad, String shown, String needed) {
    assertThat(Fixture.faults(good, bad))
        .containsExactly(
            SPEC
                + "terminationGracePeriodSeconds: %s (expected: at least %s: preStop, ACCOUNTS_DRAIN,"
                    .formatted(shown, needed)
                + " ACCOUNTS_STOP_GRACE and 10 to close)");
  }

  @Test
  void settingOfTheStopMissing_named() {
    assertThat(Fixture.faults("name: ACCOUNTS_DRAIN", "name: OTHER"))
        .containsExactly(
            SPEC
                + "containers[0].name: \"server\" (expected: one with a value for ACCOUNTS_DRAIN)");
  }

  @Test
  void noProcessorCount_named() {
    assertThat(Fixture.faults("cpu: 2", "memory: 1Gi"))
        .containsExactly(
            SPEC
                + "containers[0].resources.limits.cpu: nothing (expected: a limit, or"
                + " -XX:ActiveProcessorCount=N in command)");
  }

  @Test
  void processorCountByAFlag_noFault() {
    assertThat(
            Fixture.faults(
                "cpu: 2",
                "memory: 1Gi",
                "image: ",
                "command: [java, -XX:ActiveProcessorCount=2]\n          image: "))
        .isEmpty();
  }
}
