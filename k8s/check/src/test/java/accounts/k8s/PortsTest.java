package accounts.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

  private static final String CONTAINER = "test: Deployment/web: spec.template.spec.containers[0].";

  @Test
  void probeOfAPortTheContainerLacks_named() {
    assertThat(Fixture.faults("port: 50051\n", "port: 50052\n"))
        .containsExactly(
            CONTAINER
                + "livenessProbe.grpc.port: 50052"
                + " (expected: a port of the container: 50051 (grpc))");
  }

  @Test
  void probeOfAPortNameTheContainerLacks_named() {
    assertThat(
            Fixture.faults(
                "port: grpc\n          securityContext", "port: http\n          securityContext"))
        .containsExactly(
            CONTAINER
                + "readinessProbe.tcpSocket.port: \"http\""
                + " (expected: a port of the container: 50051 (grpc))");
  }

  @Test
  void targetPortThePodsLack_named() {
    assertThat(Fixture.faults("targetPort: grpc", "targetPort: 8080"))
        .containsExactly(
            "test: Service/web: spec.ports[0].targetPort: 8080"
                + " (expected: a port of the pods it selects)");
  }

  @Test
  void policyOfAPortThePodsLack_named() {
    assertThat(Fixture.faults("- ports:\n        - port: grpc", "- ports:\n        - port: http"))
        .containsExactly(
            "test: NetworkPolicy/web: spec.ingress[0].ports[0].port: \"http\""
                + " (expected: a port of the pods it selects)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_port", "Grpc", "a-name-of-16-char", "-grpc", "a--b", "\"1\""})
  void badNameOfAContainerPort_named(String name) {
    assertThat(
            Fixture.faults(
                "- name: grpc\n              containerPort",
                "- name: " + name + "\n              containerPort"))
        .first()
        .isEqualTo(
            CONTAINER
                + "ports[0].name: \"%s\" (expected: at most 15 of a-z, 0-9 and single -, one letter among them)"
                    .formatted(name.replace("\"", "")));
  }

  @Test
  void badNameOfAServicePort_named() {
    assertThat(Fixture.faults("- name: grpc\n      port: 80", "- name: my_port\n      port: 80"))
        .containsExactly(
            "test: Service/web: spec.ports[0].name: \"my_port\""
                + " (expected: at most 63 of a-z, 0-9 and -, not at an end)");
  }

  @Test
  void maximumBelowMinimum_named() {
    assertThat(Fixture.faults("maxReplicas: 4", "maxReplicas: 1"))
        .containsExactly(
            "test: HorizontalPodAutoscaler/web: spec.maxReplicas: 1"
                + " (expected: at least minReplicas, 2)");
  }
}
