package accounts.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {

  private static final String CONTAINER = "test: Deployment/web: spec.template.spec.containers[0].";

  @ParameterizedTest
  @ValueSource(strings = {"paint", "plan", "token"})
  void mountOfASingleFile_named(String folder) {
    String mount = "mountPath: /etc/%s\n".formatted(folder);

    assertThat(Fixture.faults(mount, mount + "              subPath: can\n"))
        .singleElement()
        .asString()
        .startsWith(CONTAINER + "volumeMounts[")
        .endsWith(
            "].subPath: \"can\" (expected: the whole folder: files mounted by subPath are never"
                + " replaced)");
  }

  @Test
  void subPathOfAFolderThatNobodyReplaces_noFault() {
    assertThat(Fixture.faults("mountPath: /tmp\n", "mountPath: /tmp\n              subPath: web\n"))
        .isEmpty();
  }

  @Test
  void fileThatIsNotMounted_named() {
    assertThat(Fixture.faults("mountPath: /etc/paint\n", "mountPath: /etc/paints\n"))
        .containsExactly(
            "test: ConfigMap/web-config: data.PAINT: \"/etc/paint/can\" (expected: a file below a"
                + " mountPath of server)");
  }

  @Test
  void fileThatTheConfigMapLacks_named() {
    assertThat(Fixture.faults("PLAN: /etc/plan/COLOUR", "PLAN: /etc/plan/COLOR"))
        .containsExactly(
            "test: ConfigMap/web-config: data.PLAN: \"/etc/plan/COLOR\" (expected: a file of"
                + " ConfigMap/web-config)");
  }

  @Test
  void projectedSecret_notDeclaredExternal_isReported() {
    assertThat(Fixture.faults("- secret: {\"name\": outside}", "- secret: {\"name\": elsewhere}"))
        .containsExactly(
            "test: Deployment/web: spec.template.spec.volumes[3].projected.sources[0].secret.name:"
                + " \"elsewhere\" (expected: a Secret that is applied too or declared external)");
  }

  @Test
  void grpcProbeOfAServerWithTls_named() {
    assertThat(Fixture.faults("PAINT: /etc", "ACCOUNTS_TLS_CERTIFICATE: /etc"))
        .containsExactly(
            CONTAINER
                + "livenessProbe.grpc: {\"port\":50051,\"service\":\"liveness\"} (expected: httpGet:"
                + " gRPC probes are in plaintext, this port is not)");
  }
}
