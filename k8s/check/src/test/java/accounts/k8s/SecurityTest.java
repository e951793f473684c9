package accounts.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityTest {

  private static final String POD = "test: Deployment/web: spec.template.spec.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          runAsNonRoot: true              | runAsNonRoot: false            | securityContext.runAsNonRoot: false (expected: true)
          runAsUser: 65532                | runAsUser: 0                   | securityContext.runAsUser: 0 (expected: a number other than 0)
          type: RuntimeDefault            | type: Unconfined               | securityContext.seccompProfile.type: "Unconfined" (expected: RuntimeDefault or Localhost)
          serviceAccountName: web         | hostNetwork: true              | hostNetwork: true (expected: false)
          emptyDir: {}                    | hostPath: {path: /}            | volumes[0].hostPath: {"path":"/"} (expected: a volume that `restricted` allows)
          allowPrivilegeEscalation: false | privileged: false              | containers[0].securityContext.allowPrivilegeEscalation: nothing (expected: false)
          readOnlyRootFilesystem: true    | readOnlyRootFilesystem: false  | containers[0].securityContext.readOnlyRootFilesystem: false (expected: true)
          drop: [ALL]                     | drop: [NET_RAW]                | containers[0].securityContext.capabilities.drop: ["NET_RAW"] (expected: ALL)
          drop: [ALL]                     | {drop: [ALL], add: [SYS_TIME]} | containers[0].securityContext.capabilities.add[0]: "SYS_TIME" (expected: NET_BIND_SERVICE or nothing)
          image: web:1.0                  | image: web:latest              | containers[0].image: "web:latest" (expected: a tag other than latest, or a digest)
          image: web:1.0                  | image: localhost:5000/web      | containers[0].image: "localhost:5000/web" (expected: a tag other than latest, or a digest)
          """)
  void manifest_lessSecure_faultNamed(String good, String bad, String fault) {
    assertThat(Fixture.faults(good, bad)).containsExactly(POD + fault);
  }

  @Test
  void portOfTheNode_named() {
    assertThat(
            Fixture.faults(
                "containerPort: 50051", "containerPort: 50051\n              hostPort: 80"))
        .containsExactly(
            POD + "containers[0].ports[0].hostPort: 80 (expected: no port of the node)");
  }

  @Test
  void privilegedContainer_named() {
    assertThat(
            Fixture.faults(
                "readOnlyRootFilesystem: true",
                "readOnlyRootFilesystem: true\n            privileged: true"))
        .containsExactly(POD + "containers[0].securityContext.privileged: true (expected: false)");
  }

  @Test
  void rootInTheContainer_overridesThePod() {
    assertThat(
            Fixture.faults(
                "readOnlyRootFilesystem: true",
                "readOnlyRootFilesystem: true\n            runAsUser: 0"))
        .containsExactly(
            POD + "containers[0].securityContext.runAsUser: 0 (expected: a number other than 0)");
  }

  @ParameterizedTest
  @CsvSource({"ACCOUNTS_GRPC_PLAINTEXT", "ACCOUNTS_ANONYMOUS"})
  void openServerWithoutLocalCache_named(String setting) {
    assertThat(Fixture.faults("COLOUR: blue", "COLOUR: blue\n  %s: \"true\"".formatted(setting)))
        .containsExactly(
            "test: ConfigMap/web-config: data.%s: \"true\" (expected: true only with"
                    .formatted(setting)
                + " MOMENTO_LOCAL_ENDPOINT)");
  }

  @Test
  void openServerWithLocalCache_noFault() {
    assertThat(
            Fixture.faults(
                "COLOUR: blue",
                "COLOUR: blue\n  ACCOUNTS_GRPC_PLAINTEXT: \"true\"\n  MOMENTO_LOCAL_ENDPOINT: a:1"))
        .isEmpty();
  }

  @Test
  void image_withDigest_noFault() {
    assertThat(Fixture.faults("web:1.0", "web@sha256:" + "0".repeat(64))).isEmpty();
  }
}
